using Microsoft.Extensions.Logging;

namespace MailGrains.ClusterTls;

/// <summary>Event ids 9200 to 9299.</summary>
internal static partial class Log
{
    [LoggerMessage(9200, LogLevel.Warning, "Refused {Peer}, which is no node of this cluster: {Reason}")]
    public static partial void PeerRefused(ILogger log, string peer, string reason);

    [LoggerMessage(9201, LogLevel.Warning, "No protected connection to {Peer}: {Reason}")]
    public static partial void NodeNotTrusted(ILogger log, string peer, string reason);

    [LoggerMessage(9202, LogLevel.Information, "Cluster certificate read again: {Subject}, valid until {NotAfter}")]
    public static partial void CertificateReadAgain(ILogger log, string subject, DateTime notAfter);

    [LoggerMessage(9203, LogLevel.Error, "Cluster certificate not read again, the old one stays in use: {Reason}")]
    public static partial void CertificateNotReadAgain(ILogger log, string reason);
}
