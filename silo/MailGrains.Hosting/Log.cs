namespace MailGrains.Hosting;

internal static partial class Log
{
    [LoggerMessage(9003, LogLevel.Warning, "Unused bodies could not be collected; trying again in a quarter of an hour")]
    public static partial void CollectionFailed(this ILogger log, Exception failed);
}
