namespace MailGrains.Hosting;

internal static partial class Log
{
    [LoggerMessage(9003, LogLevel.Warning, "Unused bodies could not be collected; trying again in a quarter of an hour")]
    public static partial void CollectionFailed(this ILogger log, Exception failed);

    [LoggerMessage(9004, LogLevel.Information, "{Count} accounts taken over from {Path}")]
    public static partial void DirectoryTakenOver(this ILogger log, int count, string path);
}
