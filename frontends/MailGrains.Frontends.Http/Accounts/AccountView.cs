using MailGrains.Grains.Contracts.Directory;

namespace MailGrains.Frontends.Http.Accounts;

/// <summary>An account as the admin API shows it.</summary>
public sealed record AccountView(string Id, string Login, IReadOnlyList<string> Addresses, bool Disabled, DateTimeOffset CreatedAt)
{
    internal static AccountView Of(AccountProfile profile) =>
        new(profile.Id.ToString(), profile.Login, profile.Addresses, profile.Disabled, profile.CreatedAt);
}
