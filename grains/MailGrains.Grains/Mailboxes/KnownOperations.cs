using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes;

/// <summary>
/// Which deliveries may have been made before. Nearly every delivery is new, and where many come the store need not be asked each time: it is
/// asked once for all it has, and whoever holds the mailbox is the only one to add to them.
/// <list type="number">
/// <item>The first few are looked for in the store one by one, which a mailbox of little mail never gets beyond.</item>
/// <item>Then all are listed, while those that come meanwhile are still looked for.</item>
/// <item>From there on only an operation whose id begins like one of those is looked for.</item>
/// </list>
/// Used in the mailbox's turns alone.
/// </summary>
/// <param name="list">The store's <see cref="IMailboxStore.ListOperationsAsync"/>, given how many it may have at most.</param>
internal sealed class KnownOperations(Func<int, Task<IReadOnlyList<ulong>?>> list)
{
    private const int LookedForFirst = 3;

    /// <summary>
    /// 1 MB or so: in a mailbox that gets that many in the week they are remembered, or while it is in memory; one that gets more goes on asking.
    /// </summary>
    public const int Most = 65_536;

    // By the beginning of their ids: those of this claim, and the store's once they are listed.
    private HashSet<ulong> _known = [];
    private int _claim;
    private int _lookedFor;
    private bool _isWhole;
    private bool _isTooMany;

    /// <summary>Whether the store may have it. To be asked under a claim.</summary>
    public bool MayHave(BlobId operation)
    {
        if (_isWhole) return _known.Contains(operation.A);
        if (!_isTooMany && ++_lookedFor == LookedForFirst) _ = ListAsync(_claim);
        return true;
    }

    /// <summary>To be told before its commit is queued, whatever becomes of that.</summary>
    public void Add(BlobId operation)
    {
        if (_isTooMany) return;
        _known.Add(operation.A);
        if (_known.Count > Most) GiveUp();
    }

    /// <summary>The mailbox was claimed anew: others may have held it in between.</summary>
    public void Forget() => (_claim, _known, _lookedFor, _isWhole, _isTooMany) = (_claim + 1, [], 0, false, false);

    private async Task ListAsync(int claim)
    {
        try
        {
            var listed = await list(Most);
            if (claim != _claim || _isTooMany) return;
            if (listed is null)
            {
                GiveUp();
                return;
            }

            _known.UnionWith(listed);
            _isWhole = true;
        }
        catch (StoreUnavailableException)
        {
            // Those who come look for themselves, and after some the list is tried again.
            if (claim == _claim) _lookedFor = 0;
        }
    }

    private void GiveUp() => (_known, _isWhole, _isTooMany) = ([], false, true);
}
