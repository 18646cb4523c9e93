using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>A log as it is when retention has left of each partition what is written from now on, and one event.</summary>
internal class ShortenedLog(IEventLog inner) : IEventLog
{
    private IReadOnlyList<long>? _removed;

    public int Partitions => inner.Partitions;

    public virtual Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) => inner.ReadHeadAsync(cancellation);

    public async Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation)
    {
        _removed ??= await inner.ReadHeadAsync(cancellation);
        return await inner.ReadAsync(partition, Math.Max(after, _removed[partition] - 1), limit, cancellation);
    }

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
