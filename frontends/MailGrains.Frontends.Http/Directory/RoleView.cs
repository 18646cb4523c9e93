using MailGrains.Grains.Contracts.Directory;

namespace MailGrains.Frontends.Http.Directory;

public sealed record RoleView(string Role, MemberView Holder)
{
    internal static RoleView Of(RoleHolder holder) => new(holder.Role, MemberView.Of(holder.Holder));
}
