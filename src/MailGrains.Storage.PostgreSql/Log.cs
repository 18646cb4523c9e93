using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.PostgreSql;

/// <summary>Event ids 2400 to 2499.</summary>
internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Information, "Store {Database}, schema {Schema} open: up to date, {Partitions} event partitions")]
    public static partial void StoreOpened(this ILogger log, string database, string schema, int partitions);

    [LoggerMessage(2404, LogLevel.Warning, "The store is open although its server is not safe: {Reason}")]
    public static partial void UnsafeServer(this ILogger log, string reason);
}
