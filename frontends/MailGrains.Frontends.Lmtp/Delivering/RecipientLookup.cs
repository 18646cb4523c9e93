using System.Collections.Immutable;
using MailGrains.Model;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>What the directory says of a recipient.</summary>
/// <param name="Accounts">To whom the message goes: one account, or all of a group; of a disabled account that one, which doesn't get it.</param>
public readonly record struct RecipientLookup(RecipientStatus Status, ImmutableArray<AccountId> Accounts)
{
    public static RecipientLookup Of(AccountId account) => new(RecipientStatus.Found, [account]);

    public static RecipientLookup Refused(RecipientStatus status) => new(status, []);
}
