using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Signing;
using MailGrains.Storage.Events;
using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>Where the log begins: in a log that has all its events, and in one whose oldest were rightly removed.</summary>
internal static class StartChanges
{
    private const string Table = "log_start";

    public static IEnumerable<Change> All =>
    [
        new(Table, "insert, events being there", async (copy, facts) =>
        {
            await InsertAsync(copy, facts, TreeEdgeOf(facts, TileId.FullWidth));
            return Server($"partition {facts.Partition} begins with position {TileId.FullWidth + 1}, but no checkpoint says that what was before is removed");
        }),
        new(Table, "insert, the events taken away", async (copy, facts) =>
        {
            await InsertAsync(copy, facts, TreeEdgeOf(facts, TileId.FullWidth));
            await copy.RunAsync($"DELETE FROM event WHERE {copy.EventsAfter(facts.Partition, 0)} AND NOT ({copy.EventsAfter(facts.Partition, TileId.FullWidth)})");
            return Program($"partition {facts.Partition}, events/{facts.Partition}.start.json", "no head says that what was before was removed");
        }),
        Shortened("unchanged", (_, _, _) => Task.CompletedTask, _ => null),
        Shortened("update removed", (copy, _, where) => copy.UpdateAsync(Table, where, "removed", (long)TileId.FullWidth + 20), facts =>
            Server($"partition {facts.Partition} begins with position {TileId.FullWidth + 21}, but no checkpoint says that what was before is removed"), "removed"),
        Shortened("update removed, to nothing", (copy, _, where) => copy.UpdateAsync(Table, where, "removed", 0L), facts =>
            Program($"partition {facts.Partition}, position {TileId.FullWidth + 1}", $"positions 1 to {TileId.FullWidth} are missing before it")),
        Shortened("update edge", async (copy, _, where) =>
            await copy.UpdateAsync(Table, where, "edge", Octets.Flipped((await copy.RowAsync(Table, where))["edge"], 5)), facts =>
            Program($"partition {facts.Partition}", $"for size {facts.Signed}", "the events have"), "edge"),
        Shortened("update edge, too short", async (copy, _, where) =>
            await copy.UpdateAsync(Table, where, "edge", ((byte[])(await copy.RowAsync(Table, where))["edge"]!)[..20]), facts =>
            Server($"Of partition {facts.Partition} the store says that it begins with position {TileId.FullWidth + 1}")),
        Shortened("update partition", (copy, facts, where) => copy.UpdateAsync(Table, where, "partition", facts.OtherPartition), facts =>
            Program($"partition {facts.Partition}, position {TileId.FullWidth + 1}", $"positions 1 to {TileId.FullWidth} are missing before it"), "partition"),
        Shortened("update partition, to none that there is", (copy, _, where) => copy.UpdateAsync(Table, where, "partition", 99), facts =>
            Program($"partition {facts.Partition}, position {TileId.FullWidth + 1}", $"positions 1 to {TileId.FullWidth} are missing before it")),
        Shortened("update latest", (copy, _, where) => copy.UpdateAsync(Table, where, "latest", long.MaxValue), _ => null, "latest"),
        Shortened("delete one", (copy, _, where) => copy.DeleteAsync(Table, where), facts =>
            Program($"partition {facts.Partition}, position {TileId.FullWidth + 1}", $"positions 1 to {TileId.FullWidth} are missing before it")),
        Shortened("delete an event behind it", (copy, facts, _) => copy.DeleteAsync("event", copy.EventAt(facts.Partition, TileId.FullWidth + 1)), facts =>
            Program($"partition {facts.Partition}, position {TileId.FullWidth + 2}", $"position {TileId.FullWidth + 1} is missing before it")),
    ];

    private static Clue Program(params string[] parts) => new(Told.ByProgram, parts);

    private static Clue Server(params string[] parts) => new(Told.ByServer, parts);

    /// <summary>A change to a log of which a tile was removed as the server does it.</summary>
    private static Change Shortened(
        string name, Func<DatabaseCopy, LogFacts, string, Task> make, Func<LogFacts, Clue?> clue, params string[] columns) =>
        new(Table, $"of a shortened log: {name}", async (copy, facts) =>
        {
            // Whoever still had to be brought these events is of no matter here.
            await copy.RunAsync("DELETE FROM subscriber");
            await using (var store = await copy.OpenAsync())
            using (var signer = Inspection.Signer(copy, store))
            {
                var cut = new LogCut(facts.Partition, TileId.FullWidth, facts.All[TileId.FullWidth - 1].Event.At);
                if (await signer.ShortenAsync([cut], CancellationToken.None) != TileId.FullWidth) throw new InvalidOperationException("Nothing was removed.");
            }

            await copy.ReopenAsync();
            await make(copy, facts, $"partition = {facts.Partition}");
            return clue(facts);
        })
        {
            Columns = columns,
            IsOfShortened = true,
        };

    private static Task InsertAsync(DatabaseCopy copy, LogFacts facts, byte[] edge) => copy.InsertAsync(Table, new Dictionary<string, object?>
    {
        ["partition"] = facts.Partition,
        ["removed"] = (long)TileId.FullWidth,
        ["latest"] = EventHash.Microseconds(facts.All[TileId.FullWidth].Event.At),
        ["edge"] = edge,
    });

    /// <summary>What the tree of the first events is rightly continued from, as the store keeps it.</summary>
    private static byte[] TreeEdgeOf(LogFacts facts, int size)
    {
        const byte format = 1;
        var tree = new MerkleTree();
        foreach (var record in facts.All.Take(size)) tree.Append(TreeHash.Leaf(record.Event.Hash));
        return [format, .. tree.Edge().SelectMany(tile => tile.Octets.ToArray())];
    }
}
