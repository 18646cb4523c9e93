using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.SqlServer;

/// <summary>Event ids 2500 to 2599.</summary>
internal static partial class Log
{
    [LoggerMessage(2500, LogLevel.Information, "Store {Database} open: up to date, {Partitions} event partitions")]
    public static partial void StoreOpened(this ILogger log, string database, int partitions);

    [LoggerMessage(2501, LogLevel.Warning, "The store is open although its database is not safe: {Reason}")]
    public static partial void UnsafeDatabase(this ILogger log, string reason);
}
