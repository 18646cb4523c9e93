using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Sqlite;

/// <summary>Event ids 2200 to 2299.</summary>
internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Information, "Store {Path} open: schema up to date, {Partitions} event partitions")]
    public static partial void StoreOpened(this ILogger log, string path, int partitions);

    [LoggerMessage(2201, LogLevel.Error, "Writing to store {Path} failed; the transaction was rolled back")]
    public static partial void WriteFailed(this ILogger log, Exception exception, string path);

    [LoggerMessage(2202, LogLevel.Information, "Store {Path} can be written again")]
    public static partial void WriteRecovered(this ILogger log, string path);

    [LoggerMessage(2203, LogLevel.Warning, "Copying the write-ahead log of {Path} failed; it will be tried again")]
    public static partial void CheckpointFailed(this ILogger log, Exception exception, string path);

    [LoggerMessage(2204, LogLevel.Information, "File {Path} open: schema up to date")]
    public static partial void FileOpened(this ILogger log, string path);

    [LoggerMessage(2205, LogLevel.Warning, "A transaction of store {Path} was rolled back: the bodies it waited for could not be made durable")]
    public static partial void BodiesNotDurable(this ILogger log, Exception exception, string path);
}
