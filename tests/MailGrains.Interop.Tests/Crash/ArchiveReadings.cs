using MailGrains.TestKit.Checking;
using Microsoft.Data.Sqlite;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>What came into the mailboxes of a server, looked up in its files when it isn't running.</summary>
internal static class ArchiveReadings
{
    /// <summary>By its log.</summary>
    public static Task<IReadOnlyList<Arrival>> EventsAsync(string data, CancellationToken cancellation) =>
        ReadAsync(data, "mailboxes.db", ArrivalRows.OfEventsAsync, cancellation);

    /// <summary>By its archive.</summary>
    public static Task<IReadOnlyList<Arrival>> EntriesAsync(string data, CancellationToken cancellation) =>
        ReadAsync(data, "records.db", ArrivalRows.OfEntriesAsync, cancellation);

    private static async Task<IReadOnlyList<Arrival>> ReadAsync(
        string data, string file, Func<SqliteConnection, CancellationToken, Task<IReadOnlyList<Arrival>>> read, CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, file)};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(cancellation);
        return await read(connection, cancellation);
    }
}
