using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.InMemory;

/// <summary>
/// The reference engine: as plain as the contract allows, so that other engines can be measured against it. Copies in and out, as a
/// database would. Nothing is durable beyond the object's life. For tests.
/// </summary>
public sealed class InMemoryMailboxStore : IMailboxStore, IEmailReader, IBodyIndex, IEventLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountId, InMemoryMailbox> _mailboxes = [];
    private readonly Dictionary<BlobId, BodyLocator> _bodies = [];
    private readonly List<EventRecord>[] _partitions;
    private readonly long[] _last;

    public InMemoryMailboxStore(int partitions = 8)
    {
        _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new List<EventRecord>())];
        _last = new long[partitions];
    }

    public int Partitions => _partitions.Length;

    public Task<MailboxClaim> ClaimAsync(AccountId account, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_mailboxes.TryGetValue(account, out var mailbox)) _mailboxes[account] = mailbox = new InMemoryMailbox(account);
            return Task.FromResult(mailbox.Claim());
        }
    }

    public Task<MailboxClaim?> ReadMailboxAsync(AccountId account, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_mailboxes.GetValueOrDefault(account)?.Read());
        }
    }

    public Task<WholeMailbox?> ReadWholeAsync(AccountId account, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_mailboxes.GetValueOrDefault(account)?.ReadWhole());
        }
    }

    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<MailboxCommit> group, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<CommitOutcome>>([.. group.Select(Apply)]);
        }
    }

    public Task<IReadOnlyList<MessagePage>> ReadPagesAsync(
        AccountId account, FolderId folder, int first, int last, CancellationToken cancellation)
    {
        var pages = new List<MessagePage>();
        lock (_lock)
        {
            if (_mailboxes.TryGetValue(account, out var mailbox)) pages.AddRange(mailbox.Pages(folder, first, last).Select(p => PageCodec.Decode(p)));
        }

        return Task.FromResult<IReadOnlyList<MessagePage>>(pages);
    }

    public Task<UidSet> ReadExpungedAsync(AccountId account, FolderId folder, long since, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_mailboxes.GetValueOrDefault(account)?.ExpungedSince(folder, since) ?? UidSet.Empty);
        }
    }

    public Task<ReadOnlyMemory<byte>?> FindOperationAsync(AccountId account, OperationId operation, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var result = _mailboxes.GetValueOrDefault(account)?.Operation(operation);
            return Task.FromResult(result is null ? default(ReadOnlyMemory<byte>?) : result.AsMemory());
        }
    }

    public Task<IReadOnlyList<ulong>?> ListOperationsAsync(AccountId account, int most, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var ids = _mailboxes.GetValueOrDefault(account)?.Operations() ?? [];
            return Task.FromResult<IReadOnlyList<ulong>?>(ids.Length > most ? null : Array.ConvertAll(ids, id => id.Value.A));
        }
    }

    public Task<int> ForgetOperationsAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_mailboxes.Values.Sum(m => m.ForgetOperations(before)));
        }
    }

    public Task<IReadOnlyList<AccountId>> ListMailboxesAsync(AccountId? after, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<AccountId>>(
                [.. _mailboxes.Keys.Where(a => after is not { } id || a.Value.CompareTo(id.Value) > 0).OrderBy(a => a.Value).Take(limit)]);
        }
    }

    public ValueTask<IReadOnlyList<EmailRecord?>> ReadEmailsAsync(
        AccountId account, ReadOnlyMemory<EmailId> emails, CancellationToken cancellation)
    {
        var records = new EmailRecord?[emails.Length];
        lock (_lock)
        {
            if (_mailboxes.TryGetValue(account, out var mailbox))
            {
                for (var i = 0; i < records.Length; i++) records[i] = mailbox.Email(emails.Span[i], _bodies);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<EmailRecord?>>(records);
    }

    public ValueTask<BodyLocator?> FindAsync(BlobId blob, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<BodyLocator?>(_bodies.TryGetValue(blob, out var locator) ? locator : null);
        }
    }

    public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<long>>([.. _last]);
        }
    }

    public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<EventRecord>>(
                [.. _partitions[partition].SkipWhile(e => e.Position <= after).Take(limit).Select(Copy)]);
        }
    }

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<EventRecord>>(
                [.. (_mailboxes.GetValueOrDefault(account)?.Events ?? []).SkipWhile(e => e.Event.Sequence <= after).Take(limit).Select(Copy)]);
        }
    }

    internal void RemoveEvents(int partition, long upTo)
    {
        lock (_lock)
        {
            foreach (var account in _partitions[partition].TakeWhile(e => e.Position <= upTo).Select(e => e.Account).Distinct())
                _mailboxes[account].Events.RemoveAll(e => e.Position <= upTo);
            _partitions[partition].RemoveAll(e => e.Position <= upTo);
        }
    }

    private CommitOutcome Apply(MailboxCommit commit)
    {
        if (!_mailboxes.TryGetValue(commit.Account, out var mailbox) || mailbox.Epoch != commit.Epoch) return CommitOutcome.Fenced;
        mailbox.Apply(commit, _bodies);
        var partition = EventPartition.Of(commit.Account, Partitions);
        foreach (var write in commit.Events)
        {
            var record = Copy(new EventRecord(partition, ++_last[partition], commit.Account, write));
            _partitions[partition].Add(record);
            mailbox.Events.Add(record);
        }

        return CommitOutcome.Committed;
    }

    /// <summary>Times are kept to the microsecond, as they are hashed.</summary>
    private static EventRecord Copy(EventRecord record) => record with
    {
        Event = record.Event with
        {
            At = DateTimeOffset.UnixEpoch.AddTicks(EventHash.Microseconds(record.Event.At) * TimeSpan.TicksPerMicrosecond),
            Payload = record.Event.Payload.ToArray(),
        },
    };
}
