namespace MailGrains.Hosting;

internal static partial class Log
{
    [LoggerMessage(9003, LogLevel.Warning, "Unused bodies could not be collected; trying again in a quarter of an hour")]
    public static partial void CollectionFailed(this ILogger log, Exception failed);

    [LoggerMessage(9005, LogLevel.Warning, "Waiting for the database, for {Patience} at most: {Reason}")]
    public static partial void WaitsForDatabase(this ILogger log, TimeSpan patience, string reason);

    [LoggerMessage(9006, LogLevel.Information, "The database answers, after {Waited}")]
    public static partial void DatabaseAnswers(this ILogger log, TimeSpan waited);

    [LoggerMessage(9007, LogLevel.Information, "Not ready any more; the listeners close in {Delay}")]
    public static partial void StopsSoon(this ILogger log, TimeSpan delay);

    [LoggerMessage(9009, LogLevel.Warning, "Stopping is not done after {Patience}: ending as it is")]
    public static partial void EndedUnfinished(this ILogger log, TimeSpan patience);

    [LoggerMessage(9004, LogLevel.Information, "{Count} accounts taken over from {Path}")]
    public static partial void DirectoryTakenOver(this ILogger log, int count, string path);
}
