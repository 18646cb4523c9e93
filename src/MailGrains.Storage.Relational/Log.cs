using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Relational;

/// <summary>Event ids 2300 to 2399.</summary>
internal static partial class Log
{
    [LoggerMessage(2300, LogLevel.Error, "{Bodies} bodies could not be written to the database; what refers to them fails")]
    public static partial void BodiesLost(this ILogger log, Exception exception, int bodies);

    [LoggerMessage(2301, LogLevel.Critical, "Body {Blob} in the database is damaged: {Detail}")]
    public static partial void BodyDamaged(this ILogger log, BlobId blob, string detail);

    [LoggerMessage(2302, LogLevel.Error, "The database refused a group; it was rolled back")]
    public static partial void GroupRefused(this ILogger log, Exception exception);

    [LoggerMessage(2303, LogLevel.Warning, "The connection to the database was lost while group {Number} was under way; asking how that ended")]
    public static partial void ConnectionLost(this ILogger log, Exception exception, long number);

    [LoggerMessage(2304, LogLevel.Information, "The database answers again; group {Number} was committed: {Committed}")]
    public static partial void OutcomeFound(this ILogger log, long number, bool committed);

    [LoggerMessage(2305, LogLevel.Warning, "The database can't be used for writing; asking it again until it can: {Reason}")]
    public static partial void CannotEnter(this ILogger log, Exception? exception, string reason);
}
