using MailGrains.TestKit.Checking;
using Npgsql;

namespace MailGrains.Cluster.Tests.Checking;

/// <summary>
/// Looks at the log past the product: no gap in any mailbox or partition, and every event names the hash of the one before it. Two writers that
/// ever wrote side by side would have left two events on one predecessor.
/// </summary>
internal sealed class EventLogCheck(string database)
{
    private const string Schema = "mailgrains";

    private static readonly (string Problem, string Sql)[] Rules =
    [
        ("gaps in mailboxes", """
            SELECT count(*) FROM (SELECT mailbox, count(*) AS n, min(sequence) AS low, max(sequence) AS high FROM event GROUP BY mailbox) e
            JOIN mailbox m ON m.no = e.mailbox WHERE low <> 1 OR high <> n OR high <> m.event_sequence
            """),
        ("events whose predecessor is another", """
            SELECT count(*) FROM (SELECT previous, lag(hash) OVER (PARTITION BY mailbox ORDER BY sequence) AS before FROM event) e WHERE previous <> before
            """),
        ("events that share a predecessor", """
            SELECT count(*) FROM (SELECT 1 FROM event GROUP BY mailbox, previous HAVING count(*) > 1) e
            """),
        ("gaps in partitions", """
            SELECT count(*) FROM (SELECT partition, count(*) AS n, min(position) AS low, max(position) AS high FROM event GROUP BY partition) e
            JOIN event_partition p USING (partition) WHERE low <> 1 OR high <> n OR high <> p.last
            """),
        ("UIDs that are not below UIDNEXT of their folder", """
            SELECT count(*) FROM folder WHERE uidnext < 1 OR messages >= uidnext
            """),
    ];

    private const string MissingTexts = """
        SELECT count(DISTINCT e.blob) FROM record_entry e LEFT JOIN content c ON c.blob = e.blob WHERE c.blob IS NULL
        """;

    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(database) { SearchPath = Schema }.ConnectionString;

    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        var problems = new List<string>();
        foreach (var (problem, sql) in Rules)
        {
            await using var command = source.CreateCommand(sql);
            if (await command.ExecuteScalarAsync(cancellation) is long count and > 0) problems.Add($"{count} {problem}");
        }

        return problems;
    }

    /// <summary>What came into the mailboxes, by the log and by the archive.</summary>
    public async Task<(IReadOnlyList<Arrival> Events, IReadOnlyList<Arrival> Entries)> ArrivalsAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await ArrivalRows.OfEventsAsync(connection, cancellation), await ArrivalRows.OfEntriesAsync(connection, cancellation));
    }

    /// <summary>Messages of the archive that are not in the full-text index.</summary>
    public async Task<long> MissingTextsAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(MissingTexts);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Events of each type about messages, over all mailboxes.</summary>
    public async Task<SortedDictionary<string, int>> CountsAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand("SELECT type, count(*)::int FROM event WHERE type LIKE 'Message%' OR type LIKE 'Flags%' GROUP BY type");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var counts = new SortedDictionary<string, int>();
        while (await rows.ReadAsync(cancellation)) counts[rows.GetString(0)] = rows.GetInt32(1);
        return counts;
    }
}
