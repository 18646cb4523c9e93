namespace MailGrains.Subscribers;

/// <summary>
/// Does something with each event of the log: writes it elsewhere, counts it, acts on it. One handler serves all partitions; of one partition it gets the
/// events in order and one batch at a time, of different partitions at the same time, and in a cluster on different nodes.
/// </summary>
public interface IEventHandler
{
    /// <summary>The subscriber's name, under which its positions are kept: a handler with another name starts anew.</summary>
    string Name { get; }

    /// <summary>The types it wants, such as <c>MessageNew</c>; null: all. What it doesn't want it never sees, and its position passes over it.</summary>
    IReadOnlySet<string>? Types { get; }

    /// <summary>What it reads beside the events.</summary>
    Interests Interests { get; }

    /// <summary>
    /// Handles a batch. When it returns, the effects of all its events are durable: the position moves on and they don't come again. Until then they may: after
    /// a failure, a crash, or when a node that was cut off still works on them, all or some of the events are handed over once more, perhaps to another
    /// process. An effect that can be looked up (a file, a table with the position) therefore happens once; to the outside world the handler sends along the
    /// payload's <c>id</c>, and the receiver drops what it has.
    /// </summary>
    /// <exception cref="HandlerUnavailableException">It can't work now, whatever the event: it is asked again and again, and no event is given up.</exception>
    /// <exception cref="Exception">
    /// Any other: the events are tried again one by one, each a number of times with growing pauses; one that still fails becomes a dead letter.
    /// </exception>
    Task HandleAsync(EventBatch batch, CancellationToken cancellation);
}
