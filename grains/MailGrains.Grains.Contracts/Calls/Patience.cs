namespace MailGrains.Grains.Contracts.Calls;

/// <summary>
/// How long a caller waits for a grain whose silo went away: a killed one is replaced within two seconds, a hanging one within six, and no client
/// should be told of either. One for each call; time-outs count as one more try, not as a series.
/// </summary>
public sealed class Patience(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly long _started = time.GetTimestamp();
    private TimeSpan _pause = FirstPause;
    private bool _timedOut;

    /// <summary>Calls until it succeeds, is refused, or patience ends; for calls that may be carried out twice.</summary>
    /// <param name="time">By whose clock.</param>
    /// <param name="call">Makes the call.</param>
    /// <param name="cancellation">Ends the waiting, for an answer too; a call that is under way may be carried out all the same.</param>
    public static async Task<T> CallAsync<T>(TimeProvider time, Func<Task<T>> call, CancellationToken cancellation = default)
    {
        var patience = new Patience(time);
        while (true)
        {
            try
            {
                return await call().WaitAsync(cancellation);
            }
            catch (Exception failed) when (patience.AllowsRepetition(CallFailures.Of(failed)))
            {
                await patience.PauseAsync(cancellation);
            }
        }
    }

    /// <summary>Whether the call should be made again after this failure, if it may be carried out twice or was not carried out.</summary>
    public bool AllowsRepetition(CallFailure failure)
    {
        switch (failure)
        {
            case CallFailure.Refused:
                return false;
            case CallFailure.TimedOut:
                var first = !_timedOut;
                _timedOut = true;
                return first;
            default:
                return time.GetElapsedTime(_started) < Limit;
        }
    }

    public async Task PauseAsync(CancellationToken cancellation)
    {
        await Task.Delay(_pause, time, cancellation);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }
}
