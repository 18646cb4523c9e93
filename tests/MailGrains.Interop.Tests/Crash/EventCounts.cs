using Microsoft.Data.Sqlite;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>Counts the events in the log of a server that is not running. No client can ask for them yet, so this looks into the database.</summary>
internal static class EventCounts
{
    /// <summary>Events of each type about messages, over all mailboxes.</summary>
    public static SortedDictionary<string, int> Read(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "mailboxes.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT type, COUNT(*) FROM event WHERE type LIKE 'Message%' OR type LIKE 'Flags%' GROUP BY type";
        using var rows = command.ExecuteReader();
        var counts = new SortedDictionary<string, int>();
        while (rows.Read()) counts[rows.GetString(0)] = rows.GetInt32(1);
        return counts;
    }
}
