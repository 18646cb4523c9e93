namespace MailGrains.Subscribers.Delivery;

/// <summary>How a delivery gets on, since it began: its loop tells, anybody may ask.</summary>
public sealed class DeliveryProgress
{
    private readonly EventRate _rate;
    private long _failures;
    private DateTimeOffset? _last;

    internal DeliveryProgress(TimeProvider time) => _rate = new EventRate(time);

    /// <summary>What the last attempt failed with, as long as none has succeeded since; null: nothing is in the way.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Attempts that failed, of whatever cause.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Events handled in the last minute.</summary>
    public int LastMinute => _rate.LastMinute;

    /// <summary>
    /// While there are events that are not handled: when the first of them was made, or the last that is handled as long as that is not known. Null: neither
    /// is.
    /// </summary>
    public DateTimeOffset? BehindSince => Oldest ?? _last;

    /// <summary>When the first event that is not handled was made; null: not known.</summary>
    internal DateTimeOffset? Oldest { get; set; }

    internal void Failed(Exception failure)
    {
        Interlocked.Increment(ref _failures);
        Trouble = FailureText.Of(failure);
    }

    /// <summary>Nothing is in the way any more.</summary>
    internal void Succeeded() => Trouble = null;

    /// <summary>The position went on by events, none when one was passed over.</summary>
    internal void Advanced(int events, DateTimeOffset last)
    {
        (Oldest, _last) = (null, last);
        if (events > 0) _rate.Add(events);
    }

    /// <summary>The position is another, by somebody else.</summary>
    internal void Moved() => (Oldest, _last) = (null, null);
}
