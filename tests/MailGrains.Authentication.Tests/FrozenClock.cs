namespace MailGrains.Authentication.Tests;

/// <summary>The time of day stands still until a test moves it; the runtime's timers go on.</summary>
public sealed class FrozenClock : TimeProvider
{
    private readonly Lock _gate = new();
    private TimeSpan _leapt;
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    /// <summary>Goes on as well, and leaps with the time of day.</summary>
    public override long GetTimestamp()
    {
        lock (_gate) return base.GetTimestamp() + (long)(_leapt.TotalSeconds * TimestampFrequency);
    }

    public void Advance(TimeSpan time)
    {
        lock (_gate)
        {
            _now += time;
            _leapt += time;
        }
    }
}
