namespace MailGrains.Records;

/// <summary>A moment in a mailbox's life, by the sequence of its last event or by a time.</summary>
public readonly record struct Moment
{
    public long? Sequence { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>After the event with this sequence.</summary>
    public static Moment After(long sequence) => new() { Sequence = sequence };

    /// <summary>After the last event of that time, this instant included.</summary>
    public static Moment Of(DateTimeOffset at) => new() { At = at };
}
