using System.Net;

namespace MailGrains.Silo;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Debug, "{Count} old operations forgotten")]
    public static partial void OperationsForgotten(this ILogger log, int count);

    [LoggerMessage(9008, LogLevel.Warning,
        "Whoever reaches {Listen} or {Gateway} can join the cluster and read all mail: set Cluster:Certificate, Cluster:Key, Cluster:Authority on all nodes")]
    public static partial void ClusterIsOpen(this ILogger log, IPEndPoint listen, IPEndPoint gateway);

    [LoggerMessage(9002, LogLevel.Warning, "Old operations could not be forgotten; trying again in an hour")]
    public static partial void ExpiryFailed(this ILogger log, Exception failed);
}
