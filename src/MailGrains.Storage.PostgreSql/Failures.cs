using System.Net.Sockets;
using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>What a failure of the driver or server means.</summary>
internal static class Failures
{
    /// <summary>
    /// True when the server said that a statement failed and goes on with the connection: the transaction was rolled back. Every other
    /// failure leaves open how it ended.
    /// </summary>
    public static bool RolledBack(Exception failure) => failure is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>Two transactions met in a way that one had to go; it may simply be tried again.</summary>
    public static bool Repeats(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>Whether the work itself is impossible: whatever else shares its transaction can be written without it.</summary>
    public static bool IsOfTheWork(Exception failure) => failure switch
    {
        // Data, cardinality and constraint violations, and limits of the program; all else is the server's condition.
        PostgresException server => server.SqlState[..2] is "21" or "22" or "23" or "54",
        StoreUnavailableException or NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException => false,
        _ => true,
    };

    /// <summary>
    /// Whether it may be over by itself in a while: the server isn't there, starts, ends or is full, or has not become the primary yet. A wrong password or the
    /// name of no database stays what it is.
    /// </summary>
    public static bool MayPass(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation } => false,
        PostgresException server => server.SqlState[..2] is "08" or "40" or "53" or "57" || server.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction,
        // Of several hosts each was reached and none is what Target Session Attributes wants; the driver has no other sign for it.
        NpgsqlException { InnerException: null } lone => lone.Message.StartsWith("No suitable host", StringComparison.Ordinal),
        NpgsqlException { InnerException: { } inner } => MayPass(inner),
        AggregateException several => several.InnerExceptions.Any(MayPass),
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>A failure of the way to the server, not of the question: a read may be asked again.</summary>
    public static bool LostConnection(Exception failure) => failure switch
    {
        PostgresException server => server.SqlState[..2] is "57" or "08" && server.SqlState != PostgresErrorCodes.QueryCanceled,
        NpgsqlException npgsql => npgsql.InnerException is IOException or SocketException,
        IOException or SocketException => true,
        _ => false,
    };
}
