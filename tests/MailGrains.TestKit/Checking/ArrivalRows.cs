using System.Data.Common;
using System.Text.Json;

namespace MailGrains.TestKit.Checking;

/// <summary>Reads the arrivals past the product, from its tables, which engines give the same names.</summary>
internal static class ArrivalRows
{
    private const string Events = """
        SELECT m.account, e.sequence, e.type, e.payload FROM event e JOIN mailbox m ON m.no = e.mailbox WHERE e.type IN ('MessageNew', 'MessageAppend')
        """;

    private const string Entries = """
        SELECT m.account, e.since, e.origin, e.message_id FROM record_entry e JOIN record_mailbox m ON m.no = e.mailbox WHERE e.origin < 2
        """;

    /// <summary>Those of the log.</summary>
    public static Task<IReadOnlyList<Arrival>> OfEventsAsync(DbConnection log, CancellationToken cancellation) => ReadAsync(
        log, Events, row => MessageIds((byte[])row[3]).Select(id => new Arrival(Account(row[0]), id, row.GetString(2), row.GetInt64(1))), cancellation);

    /// <summary>Those of the archive: entries of what came from outside.</summary>
    public static Task<IReadOnlyList<Arrival>> OfEntriesAsync(DbConnection records, CancellationToken cancellation) => ReadAsync(
        records,
        Entries,
        row => [new Arrival(Account(row[0]), row.GetString(3), row.GetInt64(2) == 0 ? "MessageNew" : "MessageAppend", row.GetInt64(1))],
        cancellation);

    private static async Task<IReadOnlyList<Arrival>> ReadAsync(
        DbConnection connection, string sql, Func<DbDataReader, IEnumerable<Arrival>> read, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var arrivals = new List<Arrival>();
        while (await rows.ReadAsync(cancellation)) arrivals.AddRange(read(rows));
        return arrivals;
    }

    private static Guid Account(object value) => value is byte[] octets ? new Guid(octets, bigEndian: true) : (Guid)value;

    private static List<string> MessageIds(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        return [.. json.RootElement.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("messageId").GetString()!)];
    }
}
