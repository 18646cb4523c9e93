using MailGrains.Storage.Events;

namespace MailGrains.Records;

/// <summary>Tells whether something that is derived from the log has caught up with it.</summary>
/// <param name="progress">The positions it has reached, by partition; where there is none it is at 0.</param>
public sealed class LogLag(Func<CancellationToken, Task<IReadOnlyDictionary<int, long>>> progress, IEventLog log, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Whether everything that was in the log when this was asked has had its effect, at once or within <paramref name="patience"/>. Under load the log is
    /// always a little ahead, so without patience the answer would often be no.
    /// </summary>
    public async Task<bool> HasCaughtUpAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var head = await log.ReadHeadAsync(cancellation);
        var asked = time.GetTimestamp();
        while (IsBehind(await progress(cancellation), head))
        {
            if (time.GetElapsedTime(asked) >= patience) return false;
            await Task.Delay(LookAgain, time, cancellation);
        }

        return true;
    }

    private static bool IsBehind(IReadOnlyDictionary<int, long> reached, IReadOnlyList<long> head)
    {
        for (var partition = 0; partition < head.Count; partition++)
        {
            if (reached.GetValueOrDefault(partition) < head[partition]) return true;
        }

        return false;
    }
}
