using MailGrains.Storage.Commit;

namespace MailGrains.Subscribers.Delivery;

/// <summary>
/// While mail comes in a crowd, the subscribers of this process together keep no more than a share of its processors busy: each has an equal part of it for all
/// its partitions, and rests after a batch until it has paid for it. What they leave is in the log; their batches grow, and they catch up when the crowd is
/// over. One that has fallen far behind has a larger share, so that a crowd that doesn't end doesn't leave it behind for ever. From any thread.
/// </summary>
/// <param name="load">Of the committer that writes mail in this process.</param>
public sealed class MailFirst(CommitterLoad load, TimeProvider time)
{
    /// <summary>Of the processors, for all subscribers together, by the age of what they handle.</summary>
    private static readonly (TimeSpan From, double Share)[] s_shares =
        [(TimeSpan.FromMinutes(10), 1.0 / 2), (TimeSpan.FromMinutes(2), 1.0 / 4), (TimeSpan.Zero, 1.0 / 8)];

    private readonly Lock _lock = new();

    /// <summary>The time at which each subscriber has paid for all its batches.</summary>
    private readonly Dictionary<string, DateTimeOffset> _paid = new(StringComparer.Ordinal);

    public int Processors { get; init; } = Environment.ProcessorCount;

    public bool IsCrowded => load.IsBusy;

    /// <summary>The rest after a batch that has just ended; zero while there is no crowd.</summary>
    /// <param name="among">How many subscribers share the processors.</param>
    /// <param name="took">How long the batch was worked on. Waiting counts too, so the share is rather too small than too large.</param>
    /// <param name="at">When the last event of the batch was made.</param>
    public TimeSpan RestAfter(Subscriber subscriber, int among, TimeSpan took, DateTimeOffset at)
    {
        if (!IsCrowded) return TimeSpan.Zero;
        var now = time.GetUtcNow();
        var share = s_shares.First(s => now - at >= s.From || s.From == TimeSpan.Zero).Share;
        var price = took / (Processors * share / Math.Max(1, among));
        lock (_lock)
        {
            // Batches of other partitions are paid for one after the other. However long they took, nobody stands still longer than he may.
            var (began, latest) = (now - took, now + subscriber.LongestRest);
            var paid = (_paid.TryGetValue(subscriber.Name, out var before) && before > began ? before : began) + price;
            _paid[subscriber.Name] = paid = paid < latest ? paid : latest;
            return paid > now ? paid - now : TimeSpan.Zero;
        }
    }
}
