using MailGrains.Model;

namespace MailGrains.Storage.Commit;

/// <summary>
/// Which mailboxes lost a commit, under which epoch, and why: later commits of that epoch were built on the lost one. An entry is
/// forgotten when a newer epoch of its mailbox commits, for the claim that gave it read the durable state; so there is at most one
/// entry a mailbox. A stale epoch that comes after that is the store's fence to refuse.
/// </summary>
internal sealed class PoisonedEpochs
{
    private readonly Dictionary<AccountId, (long Epoch, Exception Cause)> _entries = [];

    public int Count => _entries.Count;

    public void Add(AccountId account, long epoch, Exception cause)
    {
        if (!_entries.TryGetValue(account, out var known) || known.Epoch < epoch) _entries[account] = (epoch, cause);
    }

    /// <summary>The exception that a commit under this epoch must fail with, or null when it may go on.</summary>
    public Exception? Check(AccountId account, long epoch)
    {
        if (_entries.Count == 0 || !_entries.TryGetValue(account, out var known)) return null;
        if (known.Epoch == epoch) return Repeat(known.Cause);
        if (known.Epoch < epoch) _entries.Remove(account);
        return null;
    }

    // Every task gets an exception of its own: one object rethrown by several at once would tangle their stack traces.
    private static Exception Repeat(Exception cause) => cause is FencedException fenced
        ? new FencedException(fenced.Account, fenced.Epoch)
        : new StoreUnavailableException("An earlier change of this mailbox was lost.", cause);
}
