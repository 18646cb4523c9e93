using MailGrains.Model;

namespace MailGrains.Storage.Commit;

/// <summary>The mailbox has been claimed by another activation: this one must not go on.</summary>
public sealed class FencedException(AccountId account, long epoch)
    : Exception($"Mailbox {account} is no longer held under epoch {epoch}.")
{
    public AccountId Account => account;

    public long Epoch => epoch;
}
