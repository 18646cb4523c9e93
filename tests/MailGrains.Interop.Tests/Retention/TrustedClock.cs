using Microsoft.Data.Sqlite;

namespace MailGrains.Interop.Tests.Retention;

/// <summary>Removes the day that a server wants to run before it believes its clock and removes events.</summary>
internal static class TrustedClock
{
    /// <param name="data">The data folder of a server that isn't running.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task SetAsync(string data, CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "mailboxes.db")};Pooling=False");
        await connection.OpenAsync(cancellation);
        await using var write = connection.CreateCommand();
        write.CommandText = "INSERT OR REPLACE INTO log_clock (no, wall, waiting) VALUES (1, $wall, 0)";
        write.Parameters.AddWithValue("$wall", (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        await write.ExecuteNonQueryAsync(cancellation);
    }
}
