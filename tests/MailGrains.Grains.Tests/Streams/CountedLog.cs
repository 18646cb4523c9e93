using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>A log that knows how many events were read from it.</summary>
internal sealed class CountedLog(IEventLog inner) : IEventLog
{
    private int _read;

    public int Read => Volatile.Read(ref _read);

    public int Partitions => inner.Partitions;

    public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) => inner.ReadHeadAsync(cancellation);

    public async Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation)
    {
        var events = await inner.ReadAsync(partition, after, limit, cancellation);
        Interlocked.Add(ref _read, events.Count);
        return events;
    }

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        inner.ReadMailboxAsync(account, after, limit, cancellation);
}
