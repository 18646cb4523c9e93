namespace MailGrains.Subscribers;

/// <summary>A handler and how events are brought to it.</summary>
public sealed record Subscriber(IEventHandler Handler)
{
    public string Name => Handler.Name;

    public StartPolicy Start { get; init; } = StartPolicy.Beginning;

    /// <summary>Events handed over at once at the most.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>
    /// After a batch that was not full, the next is waited for so long: under load batches grow, and positions are written less often. An event that comes
    /// alone doesn't wait.
    /// </summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it rests at the most after a batch while mail comes in a crowd.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often an event is tried alone before it becomes a dead letter.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>
    /// The first pause after a failure; each further one is twice as long, up to <see cref="LongestPause"/>, and up to a half is taken off by chance.
    /// </summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Null: nobody waits for it. One that is waited for makes no way for mail.</summary>
    public BlockingPolicy? Blocking { get; init; }
}
