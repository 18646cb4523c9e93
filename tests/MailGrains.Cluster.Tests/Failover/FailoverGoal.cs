using System.Globalization;

namespace MailGrains.Cluster.Tests.Failover;

/// <summary>What mailboxes may be away for, in the median of the rounds of one kind, and whether that was met.</summary>
/// <param name="Kind">How the silo went.</param>
/// <param name="Bound">The median may be as long.</param>
/// <param name="Median">What it was.</param>
/// <param name="Results">The rounds.</param>
internal sealed record FailoverGoal(FailureKind Kind, TimeSpan Bound, TimeSpan Median, IReadOnlyList<FailoverResult> Results)
{
    /// <summary>Fewer say nothing: one slow round in two would be the median.</summary>
    public const int EnoughRounds = 20;

    public bool IsMet => Median <= Bound;

    /// <summary>Not met, by rounds enough to say so.</summary>
    public bool IsMissed => !IsMet && Results.Count >= EnoughRounds;

    public static FailoverGoal Of(FailureKind kind, IReadOnlyList<FailoverResult> results) =>
        new(kind, BoundOf(kind), results.Select(r => r.Outage).Order().ElementAt(results.Count / 2), results);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"goal {Bound.TotalMilliseconds:F0} ms {(IsMet ? "met" : IsMissed ? "MISSED" : $"not met, which {EnoughRounds} rounds would have to confirm")}");

    private static TimeSpan BoundOf(FailureKind kind) => kind switch
    {
        FailureKind.Kill => TimeSpan.FromSeconds(2),
        FailureKind.Hang => TimeSpan.FromSeconds(6),
        FailureKind.Stop => TimeSpan.FromSeconds(0.5),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
