namespace MailGrains.Bench.Bonnie;

/// <summary>What a run gave. Times are seconds since the first delivery.</summary>
/// <param name="Delivered">When the last of the single deliveries was acknowledged.</param>
/// <param name="Sent">When the message to many was acknowledged for all.</param>
/// <param name="CaughtUp">When every subscriber was at the end of the log.</param>
/// <param name="DeadLetters">Events that a subscriber has passed over: not everything was handled.</param>
/// <param name="Memory">Null: not known.</param>
internal sealed record BonnieResult(
    BonnieOptions Options,
    string Title,
    double Delivered,
    double Sent,
    double CaughtUp,
    int DeadLetters,
    IReadOnlyList<BonnieSample> Samples,
    ServerMemory? Memory)
{
    public long Events => Samples[^1].Events;

    public IReadOnlyList<string> Subscribers => [.. Samples[^1].Pending.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The most that a subscriber was behind at any sample.</summary>
    public long WorstLag(string subscriber) => Samples.Max(sample => sample.Pending.GetValueOrDefault(subscriber));
}
