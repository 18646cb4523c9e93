using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Connections;

/// <summary>Event ids 1000 to 1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information,
        "Session ended service={Service} session={Session} user={User} client={Client} tls={Tls} " +
        "seconds={Seconds} in={BytesIn} out={BytesOut} commands={Commands} reason={Reason}")]
    public static partial void SessionEnded(
        ILogger log, string service, string session, string user, string client, string tls,
        double seconds, long bytesIn, long bytesOut, long commands, string reason);

    [LoggerMessage(1001, LogLevel.Error, "Session {Session} of {Service} failed")]
    public static partial void SessionFailed(ILogger log, Exception failure, string session, string service);

    [LoggerMessage(1002, LogLevel.Warning, "Turned away {Client} at {Service}: connection cap reached, {Open} open")]
    public static partial void TurnedAway(ILogger log, string client, string service, int open);

    [LoggerMessage(1003, LogLevel.Warning, "No valid PROXY header from trusted proxy {Peer}: {Reason}")]
    public static partial void ProxyHeaderRefused(ILogger log, string peer, string reason);

    [LoggerMessage(1004, LogLevel.Information, "Certificate loaded again: {Subject}, valid until {NotAfter}")]
    public static partial void CertificateReloaded(ILogger log, string subject, DateTime notAfter);

    [LoggerMessage(1005, LogLevel.Error, "Certificate not loaded again, the old one stays in use: {Reason}")]
    public static partial void CertificateNotReloaded(ILogger log, string reason);

    [LoggerMessage(1006, LogLevel.Debug, "Session {Session} lost its connection")]
    public static partial void ConnectionLost(ILogger log, Exception failure, string session);
}
