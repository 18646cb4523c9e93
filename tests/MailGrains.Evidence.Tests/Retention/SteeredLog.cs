using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Evidence.Tests.Retention;

/// <summary>A log in which something happens while it is read.</summary>
internal sealed class SteeredLog(IEventLog inner) : IEventLog
{
    /// <summary>Positions that somebody has taken out.</summary>
    public Func<long, bool> Lacks { get; init; } = _ => false;

    /// <summary>Runs once, after the first read.</summary>
    public Func<Task>? Afterwards { get; set; }

    public int Partitions => inner.Partitions;

    public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) => inner.ReadHeadAsync(cancellation);

    public async Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation)
    {
        var found = await inner.ReadAsync(partition, after, int.MaxValue, cancellation);
        EventRecord[] read = [.. found.Where(e => !Lacks(e.Position)).Take(limit)];
        if (Afterwards is { } happens)
        {
            Afterwards = null;
            await happens();
        }

        return read;
    }

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        inner.ReadMailboxAsync(account, after, limit, cancellation);
}
