using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.SqlServer;

/// <summary>What a failure of the driver or server means. Severities from 20 on end the connection.</summary>
internal static class Failures
{
    private const byte Fatal = 20;
    private const int Deadlock = 1205;
    private const int SnapshotConflict = 3960;
    private const int SnapshotSchemaChange = 3961;

    /// <summary>
    /// True when the server said that a statement failed and goes on with the connection: by XACT_ABORT the transaction was rolled back. Every other
    /// failure leaves open how it ended; the driver's own, a timeout among them, have numbers that are not positive.
    /// </summary>
    public static bool RolledBack(Exception failure) => failure is SqlException { Class: < Fatal, Number: > 0 };

    /// <summary>Two transactions met in a way that one had to go; it may simply be tried again.</summary>
    public static bool Repeats(Exception failure) => failure is SqlException { Number: Deadlock or SnapshotConflict or SnapshotSchemaChange };

    /// <summary>Whether the work itself is impossible: whatever else shares its transaction can be written without it.</summary>
    public static bool IsOfTheWork(Exception failure) => failure switch
    {
        // Conversions, overflow, truncation, NULL, constraints, duplicate keys; all else is the server's condition.
        SqlException server => server.Number is 220 or 241 or 242 or 245 or 512 or 515 or 547 or 2601 or 2627 or 2628 or 8114 or 8115 or 8134 or 8152,
        StoreUnavailableException or IOException or SocketException or TimeoutException or ObjectDisposedException => false,
        // The driver's words for a connection that is closed, or that no pool has left.
        InvalidOperationException => false,
        _ => true,
    };

    /// <summary>
    /// Whether it may be over by itself in a while: the server isn't there, starts, ends or is busy, or recovers the database. A wrong password or the name
    /// of no database stays what it is, and so does a certificate that isn't trusted.
    /// </summary>
    public static bool MayPass(Exception failure) => failure switch
    {
        SqlException { InnerException: AuthenticationException } => false,
        // -2: no answer in time. 921, 922: not recovered yet. 17142, 17147, 17148, 17187: paused, ending, starting. 10928, 10929: Azure's limits.
        SqlException server =>
            LostConnection(server) || server.Number is -2 or 921 or 922 or 10928 or 10929 or 17142 or 17147 or 17148 or 17187,
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>A failure of the way to the server, not of the question: a read may be asked again.</summary>
    public static bool LostConnection(Exception failure) => failure switch
    {
        // 6005: it shuts down. From 40197 on: Azure moves the database or is busy.
        SqlException server => server.Class >= Fatal || server.Number is 6005 or 40197 or 40501 or 40613 or 49918 or 49919 or 49920,
        IOException or SocketException => true,
        _ => false,
    };
}
