namespace MailGrains.Silo;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Debug, "{Count} old operations forgotten")]
    public static partial void OperationsForgotten(this ILogger log, int count);

    [LoggerMessage(9002, LogLevel.Warning, "Old operations could not be forgotten; trying again in an hour")]
    public static partial void ExpiryFailed(this ILogger log, Exception failed);

    [LoggerMessage(9003, LogLevel.Warning, "Unused bodies could not be collected; trying again in a quarter of an hour")]
    public static partial void CollectionFailed(this ILogger log, Exception failed);
}
