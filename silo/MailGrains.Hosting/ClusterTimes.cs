using MailGrains.Hosting.Settings;
using Orleans.Configuration;

namespace MailGrains.Hosting;

/// <summary>What all nodes of a cluster must agree on.</summary>
public static class ClusterTimes
{
    /// <summary>
    /// How long a grain call may take before its outcome is given up as unknown. Longer than a commit may wait (CommitterLimits.Patience): the
    /// mailbox answers first.
    /// </summary>
    public static readonly TimeSpan Response = TimeSpan.FromSeconds(15);

    public static void Apply(this NodeSettings settings, ClusterOptions cluster) =>
        (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, settings.ClusterId);
}
