namespace MailGrains.Subscribers.Delivery;

/// <summary>Counts events of the last minute, by seconds. May be used by several threads.</summary>
internal sealed class EventRate(TimeProvider time)
{
    private const int Seconds = 60;

    private readonly Lock _gate = new();
    private readonly (long Second, int Events)[] _counts = new (long, int)[Seconds];

    private long Now => (long)time.GetElapsedTime(0).TotalSeconds;

    public int LastMinute
    {
        get
        {
            var after = Now - Seconds;
            lock (_gate) return _counts.Sum(c => c.Second > after ? c.Events : 0);
        }
    }

    public void Add(int events)
    {
        var now = Now;
        lock (_gate)
        {
            ref var count = ref _counts[now % Seconds];
            count = (now, (count.Second == now ? count.Events : 0) + events);
        }
    }
}
