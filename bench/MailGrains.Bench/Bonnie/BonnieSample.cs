namespace MailGrains.Bench.Bonnie;

/// <summary>How things stood at one moment.</summary>
/// <param name="Seconds">Since the first delivery.</param>
/// <param name="Delivered">Messages that the server has taken responsibility for.</param>
/// <param name="Events">Written to the log since then.</param>
/// <param name="Pending">Events that each subscriber has not handled yet.</param>
internal sealed record BonnieSample(double Seconds, int Delivered, long Events, IReadOnlyDictionary<string, long> Pending)
{
    public long Handled(string subscriber) => Math.Max(0, Events - Pending.GetValueOrDefault(subscriber));
}
