namespace MailGrains.Frontends.Host;

internal static partial class Log
{
    [LoggerMessage(9101, LogLevel.Warning, "No silo answers yet; trying again: {Reason}")]
    public static partial void WaitingForSilos(this ILogger log, string reason);
}
