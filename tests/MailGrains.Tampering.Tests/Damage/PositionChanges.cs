using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>The positions that were given out, and how many partitions there are.</summary>
internal static class PositionChanges
{
    private const string Table = "event_partition";

    public static IEnumerable<Change> All =>
    [
        new(Table, "update last, to more", async (copy, facts) =>
        {
            await copy.RunAsync($"UPDATE {Table} SET last = last + 5 WHERE {Of(facts)}");
            return Server($"partition {facts.Partition} ends with position {facts.Tail.Position}, but {facts.Tail.Position + 5} was given out");
        })
        {
            Columns = ["last"],
        },
        new(Table, "update last, to less", async (copy, facts) =>
        {
            await copy.RunAsync($"UPDATE {Table} SET last = last - 5 WHERE {Of(facts)}");
            return Server($"partition {facts.Partition} ends with position {facts.Tail.Position}, but only {facts.Tail.Position - 5} was given out");
        }),
        new(Table, "update partition", async (copy, facts) =>
        {
            await copy.RunAsync($"UPDATE {Table} SET partition = 99 WHERE {Of(facts)}");
            return None(facts);
        })
        {
            Columns = ["partition"],
        },
        new(Table, "delete one", async (copy, facts) =>
        {
            await copy.DeleteAsync(Table, Of(facts));
            return None(facts);
        }),
        new(Table, "insert, of a partition that is none", async (copy, facts) =>
        {
            await copy.InsertLikeAsync(Table, Of(facts), new Dictionary<string, object?> { ["partition"] = 99 });
            return null;
        }),
        new(Table, "swap two", async (copy, facts) =>
        {
            await copy.SwapAsync(Table, Of(facts), $"partition = {facts.OtherPartition}", "last");
            return Server($"partition {facts.Partition} ends with position {facts.Tail.Position}, but only {facts.Events[facts.OtherPartition].Count} was given out");
        }),
        new(Table, "truncate", async (copy, facts) =>
        {
            await copy.RunAsync($"DELETE FROM {Table}");
            return None(facts);
        }),
        new("meta", "update value", async (copy, facts) =>
        {
            await copy.RunAsync("UPDATE meta SET value = 4 WHERE name = 'partitions'");
            return Server($"the log has 4 partitions, but {facts.Events.Count} were signed");
        })
        {
            Columns = ["value"],
        },
        new("meta", "update name", async (copy, facts) =>
        {
            await copy.RunAsync("UPDATE meta SET name = 'portions' WHERE name = 'partitions'");
            return Server("its table meta doesn't say how many partitions");
        })
        {
            Columns = ["name"],
        },
        new("meta", "delete one", async (copy, facts) =>
        {
            await copy.DeleteAsync("meta", "name = 'partitions'");
            return Server("its table meta doesn't say how many partitions");
        }),
        new("meta", "insert", async (copy, facts) =>
        {
            await copy.RunAsync("INSERT INTO meta (name, value) VALUES ('nothing', 1)");
            return null;
        }),
        new("meta", "truncate", async (copy, facts) =>
        {
            await copy.RunAsync("DELETE FROM meta");
            return Server("its table meta doesn't say how many partitions");
        }),
    ];

    private static string Of(LogFacts facts) => $"partition = {facts.Partition}";

    private static Clue Server(params string[] parts) => new(Told.ByServer, parts);

    private static Clue None(LogFacts facts) => Server($"partition {facts.Partition} ends with position {facts.Tail.Position}, but only 0 was given out");
}
