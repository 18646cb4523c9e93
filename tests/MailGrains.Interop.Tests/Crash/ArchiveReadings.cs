using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Microsoft.Data.Sqlite;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>What the archive of a server has; looked up in its file when the server isn't running.</summary>
internal static class ArchiveReadings
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the archive has everything that is in the log.</summary>
    public static async Task CaughtUpAsync(ServerProcess server, CancellationToken cancellation)
    {
        while (true)
        {
            var places = JsonDocument.Parse((await server.Cli.RunAsync("subscriber", "list", "--json")).Succeeded().Output).RootElement;
            if (places.EnumerateArray().All(p => p.GetProperty("position").GetInt64() >= p.GetProperty("head").GetInt64())) return;
            await Task.Delay(LookAgain, cancellation);
        }
    }

    /// <summary>Entries of messages that came from outside, by the event that brought them; one of each message.</summary>
    public static SortedDictionary<string, int> Arrivals(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "records.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT CASE origin WHEN 0 THEN 'MessageNew' ELSE 'MessageAppend' END, COUNT(*) FROM record_entry WHERE origin < 2 GROUP BY 1";
        using var rows = command.ExecuteReader();
        var counts = new SortedDictionary<string, int>();
        while (rows.Read()) counts[rows.GetString(0)] = rows.GetInt32(1);
        return counts;
    }
}
