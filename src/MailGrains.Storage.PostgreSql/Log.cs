using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.PostgreSql;

/// <summary>Event ids 2400 to 2499.</summary>
internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Information, "Store {Database}, schema {Schema} open: up to date, {Partitions} event partitions")]
    public static partial void StoreOpened(this ILogger log, string database, string schema, int partitions);

    [LoggerMessage(2401, LogLevel.Error, "The database refused a group; it was rolled back")]
    public static partial void GroupRefused(this ILogger log, Exception exception);

    [LoggerMessage(2402, LogLevel.Warning, "The connection to the database was lost while group {Number} was under way; asking how that ended")]
    public static partial void ConnectionLost(this ILogger log, Exception exception, long number);

    [LoggerMessage(2403, LogLevel.Information, "The database answers again; group {Number} was committed: {Committed}")]
    public static partial void OutcomeFound(this ILogger log, long number, bool committed);

    [LoggerMessage(2404, LogLevel.Warning, "The store is open although its server is not safe: {Reason}")]
    public static partial void UnsafeServer(this ILogger log, string reason);
}
