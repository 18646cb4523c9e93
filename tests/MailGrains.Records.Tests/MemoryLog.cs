using System.Text;
using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;

namespace MailGrains.Records.Tests;

/// <summary>A log of two partitions that is written to as tests like.</summary>
internal sealed class MemoryLog : IEventLog
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<EventRecord>[] _partitions = [[], []];
    private readonly Dictionary<AccountId, long> _sequences = [];

    public int Partitions => _partitions.Length;

    /// <summary>Positions up to this are not kept any more.</summary>
    public long CutTo { get; set; }

    public AccountId NewAccount(int partition)
    {
        while (true)
        {
            var account = new AccountId(Guid.NewGuid());
            if (EventPartition.Of(account, Partitions) == partition) return account;
        }
    }

    public EventRecord Write(AccountId account, string type, string members, DateTimeOffset? at = null)
    {
        var partition = EventPartition.Of(account, Partitions);
        var sequence = _sequences[account] = _sequences.GetValueOrDefault(account) + 1;
        var payload = Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","version":1,"actor":{"login":"ada@example.org"},{{members}}}""");
        var position = _partitions[partition].Count + 1;
        var happened = new EventWrite(sequence, type, at ?? Start.AddMinutes(position), default, BlobId.Of(payload), payload);
        var record = new EventRecord(partition, position, account, happened);
        _partitions[partition].Add(record);
        return record;
    }

    /// <summary>As after a backup was put back: events behind a position are no more, and their places are given out again.</summary>
    public void PutBack(int partition, long position)
    {
        foreach (var record in _partitions[partition].Skip((int)position)) _sequences[record.Account]--;
        _partitions[partition].RemoveRange((int)position, _partitions[partition].Count - (int)position);
    }

    public EventBatch Batch(int partition, long after, int count, bool redriven = false) =>
        new([.. _partitions[partition].Skip((int)after).Take(count)], redriven, new NoContents(), Interests.None);

    public long Head(int partition) => _partitions[partition].Count;

    public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<long>>([.. _partitions.Select(p => (long)p.Count)]);

    public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<EventRecord>>([.. _partitions[partition].Skip((int)Math.Max(after, CutTo)).Take(limit)]);

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<EventRecord>>([.. _partitions.SelectMany(p => p).Where(e => e.Account == account && e.Event.Sequence > after).Take(limit)]);

    private sealed class NoContents : IEventContents
    {
        public Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation) => throw new InvalidOperationException();

        public Task<MessageSummary?> ReadSummaryAsync(BlobId blob, CancellationToken cancellation) => throw new InvalidOperationException();
    }
}
