namespace MailGrains.Storage.Events;

/// <summary>Tells whether something that is derived from the log has caught up with it.</summary>
/// <param name="progress">The positions it has reached, by partition; where there is none it is at 0.</param>
public sealed class LogLag(Func<CancellationToken, Task<IReadOnlyDictionary<int, long>>> progress, IEventLog log, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WakeAfter = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Wakes it in a partition where it doesn't get on while it is waited for: its silo may be gone, and nothing may be written that would wake it.
    /// Null: it is only waited for.
    /// </summary>
    public Func<int, CancellationToken, Task>? Wake { get; init; }

    /// <summary>
    /// Whether everything that was in the log when this was asked has had its effect, at once or within <paramref name="patience"/>. Under load the log is
    /// always a little ahead, so without patience the answer would often be no.
    /// </summary>
    public async Task<bool> HasCaughtUpAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var head = await log.ReadHeadAsync(cancellation);
        var asked = time.GetTimestamp();
        var woken = asked;
        while (Behind(await progress(cancellation), head) is { Count: > 0 } behind)
        {
            if (time.GetElapsedTime(asked) >= patience) return false;
            if (Wake is { } wake && time.GetElapsedTime(woken) >= WakeAfter)
            {
                foreach (var partition in behind) await wake(partition, cancellation);
                woken = time.GetTimestamp();
            }

            await Task.Delay(LookAgain, time, cancellation);
        }

        return true;
    }

    private static List<int> Behind(IReadOnlyDictionary<int, long> reached, IReadOnlyList<long> head) =>
        [.. Enumerable.Range(0, head.Count).Where(partition => reached.GetValueOrDefault(partition) < head[partition])];
}
