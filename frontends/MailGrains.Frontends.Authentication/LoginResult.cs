using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;

namespace MailGrains.Frontends.Authentication;

/// <param name="Account">Set when <paramref name="Outcome"/> is <see cref="LoginOutcome.Accepted"/>.</param>
/// <param name="Login">The account's canonical name.</param>
/// <param name="Memberships">The groups and roles the account has at this moment.</param>
public readonly record struct LoginResult(LoginOutcome Outcome, AccountId Account = default, string Login = "", Memberships? Memberships = null)
{
    public static readonly LoginResult Rejected = new(LoginOutcome.Rejected);

    public static readonly LoginResult Throttled = new(LoginOutcome.Throttled);
}
