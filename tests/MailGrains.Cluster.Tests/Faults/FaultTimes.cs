namespace MailGrains.Cluster.Tests.Faults;

/// <summary>How long faults last.</summary>
/// <param name="Least">Of a hang or a cut.</param>
/// <param name="Most">Of a hang or a cut.</param>
internal sealed record FaultTimes(TimeSpan Least, TimeSpan Most)
{
    /// <summary>For a run of minutes: some hangs are shorter than the cluster's patience, some longer.</summary>
    public static readonly FaultTimes Short = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(12));

    public static readonly FaultTimes Long = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
}
