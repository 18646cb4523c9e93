namespace MailGrains.Cluster.Tests.Failover;

/// <summary>What one failover cost.</summary>
/// <param name="Kind">How the silo went.</param>
/// <param name="At">When it went, as the logs of the nodes tell time.</param>
/// <param name="Outage">Until the last mailbox answered again.</param>
/// <param name="Announced">From the acknowledged delivery afterwards to the last IDLE that told it.</param>
/// <param name="Lost">Sessions lost at the surviving frontend.</param>
/// <param name="Refusals">Answers other than OK.</param>
/// <param name="Renumbered">Sessions that were told by a refusal that their numbers had lost their meaning.</param>
internal sealed record FailoverResult(
    FailureKind Kind,
    DateTimeOffset At,
    TimeSpan Outage,
    TimeSpan Announced,
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> Refusals,
    int Renumbered);
