namespace MailGrains.Subscribers.Delivery;

/// <summary>The pauses after failures: each twice as long as the one before, up to a limit, less up to a half by chance.</summary>
internal sealed class Pauses(Subscriber subscriber, TimeProvider time)
{
    private const int MostDoublings = 30;

    /// <summary>However long a server asks to be left alone, it is asked again after this.</summary>
    private static readonly TimeSpan LongestRequested = TimeSpan.FromMinutes(10);

    private int _failures;

    public void Reset() => _failures = 0;

    /// <param name="atLeast">What the server asked for.</param>
    public async Task WaitAsync(CancellationToken stop, TimeSpan? atLeast = null)
    {
        var longest = Math.Min(subscriber.FirstPause.Ticks * Math.Pow(2, Math.Min(_failures++, MostDoublings)), subscriber.LongestPause.Ticks);
#pragma warning disable CA5394 // Nobody gains by guessing it.
        var pause = TimeSpan.FromTicks((long)(longest * (1 - (Random.Shared.NextDouble() / 2))));
#pragma warning restore CA5394
        if (atLeast is { } requested && requested > pause) pause = requested < LongestRequested ? requested : LongestRequested;
        await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
