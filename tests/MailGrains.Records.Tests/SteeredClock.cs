namespace MailGrains.Records.Tests;

/// <summary>A clock on the wall that can be set, and a monotonic one that can't.</summary>
internal sealed class SteeredClock : TimeProvider
{
    public DateTimeOffset Wall { get; set; } = MemoryLog.Start;

    public TimeSpan Running { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Wall;

    public override long GetTimestamp() => Running.Ticks;

    /// <summary>Both go on.</summary>
    public void Run(TimeSpan time)
    {
        Wall += time;
        Running += time;
    }
}
