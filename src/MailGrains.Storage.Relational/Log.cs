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
}
