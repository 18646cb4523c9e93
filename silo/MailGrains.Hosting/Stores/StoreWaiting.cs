using MailGrains.Storage;

namespace MailGrains.Hosting.Stores;

/// <summary>
/// Opens the store as soon as its database answers: a node and its database are often started together. What waiting can't mend is not waited for. The log says
/// what is waited for, again when the reason changes.
/// </summary>
internal sealed class StoreWaiting(TimeSpan patience, TimeProvider time, ILogger<StoreWaiting> log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <param name="open">One try.</param>
    /// <param name="answer">Tells those who ask for the node's health meanwhile; disposed before this returns.</param>
    /// <param name="stopping">Ends the wait.</param>
    /// <exception cref="StoreOpenException">It can't be opened as it is, or the database stayed away for too long.</exception>
    public async Task<NodeStores> OpenAsync(
        Func<CancellationToken, Task<NodeStores>> open, Func<Task<IAsyncDisposable>> answer, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        IAsyncDisposable? answering = null;
        string? reason = null;
        try
        {
            for (var pause = FirstPause; ; pause = Shorter(pause * 2, LongestPause))
            {
                try
                {
                    var stores = await open(stopping);
                    if (reason is not null) log.DatabaseAnswers(time.GetElapsedTime(started));
                    return stores;
                }
                catch (StoreOpenException away) when (away.MayPass && time.GetElapsedTime(started) < patience)
                {
                    var left = patience - time.GetElapsedTime(started);
                    if (away.Message != reason) log.WaitsForDatabase(TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds)), away.Message);
                    reason = away.Message;
                    answering ??= await answer();
                    await Task.Delay(Shorter(pause, left), time, stopping);
                }
            }
        }
        finally
        {
            if (answering is not null) await answering.DisposeAsync();
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
