using MailGrains.Grains.Contracts.Directory;

namespace MailGrains.Frontends.Http.Directory;

/// <param name="Members">null in listings.</param>
public sealed record GroupView(string Id, string Name, string? Address, DateTimeOffset CreatedAt, IReadOnlyList<MemberView>? Members)
{
    internal static GroupView Of(GroupProfile group, IReadOnlyList<MemberProfile>? members) =>
        new(group.Id.ToString(), group.Name, group.Address, group.CreatedAt, members?.Select(MemberView.Of).ToList());
}
