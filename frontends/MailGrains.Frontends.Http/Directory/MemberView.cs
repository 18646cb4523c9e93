using MailGrains.Grains.Contracts.Directory;

namespace MailGrains.Frontends.Http.Directory;

/// <param name="Kind"><c>account</c> or <c>group</c>.</param>
/// <param name="Name">The account's login or the group's name.</param>
public sealed record MemberView(string Kind, string Name, string Id)
{
    internal static MemberView Of(MemberProfile member) => new(member.Id.IsGroup ? "group" : "account", member.Name, member.Id.ToString());
}
