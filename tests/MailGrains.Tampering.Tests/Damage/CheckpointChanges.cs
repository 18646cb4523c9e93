using System.Text;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;
using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>What was signed: in the table that nodes share, and in the files that only the node has.</summary>
internal static class CheckpointChanges
{
    private const string Table = "log_checkpoint";
    private const string Files = "checkpoints/";

    public static IEnumerable<Change> All => [.. Rows, .. Heads];

    private static IEnumerable<Change> Rows =>
    [
        Row("update octets", "octets", async (copy, _, where) =>
            await copy.UpdateAsync(Table, where, "octets", Octets.Flipped((await copy.RowAsync(Table, where))["octets"], 40)), NotTheOne),
        Row("update number", "number", (copy, _, where) => copy.UpdateAsync(Table, where, "number", 1_000L), Gone),
        Row("update kind", "kind", (copy, _, where) => copy.UpdateAsync(Table, where, "kind", 1), Gone),
        Row("delete the last", null, (copy, _, where) => copy.DeleteAsync(Table, where), Gone),
        Row("delete the first", null, (copy, _, _) => copy.DeleteAsync(Table, "number = 1"), _ => "checkpoint 1 is no longer in the database"),
        Row("insert, of one that another key signed", null, InsertAsync, facts => $"checkpoint {Last(facts) + 1} in the database is not signed with the log's key"),
        Row("swap two", null, (copy, facts, where) => copy.SwapAsync(Table, "number = 1", where, "octets"), NotTheOne),
        Row("truncate", null, (copy, _, _) => copy.RunAsync($"DELETE FROM {Table}"), Gone),
    ];

    private static IEnumerable<Change> Heads =>
    [
        File("update a head", (folder, facts) => Edit(Head(folder, 1)), _ => "heads/1.txt", "the signature of"),
        File("update the last head", (folder, facts) => Edit(Head(folder, Last(facts))), facts => $"heads/{Last(facts)}.txt", "the signature of"),
        File("delete a head", (folder, _) => System.IO.File.Delete(Head(folder, 1)), _ => "heads/2.txt", "heads 1 to 1 are missing before it"),
        FileTakenAway("delete the last head", (folder, facts) => System.IO.File.Delete(Head(folder, Last(facts))), "is not the one that was kept"),
        File("insert, of one that another key signed", Insert, facts => $"heads/{Last(facts) + 1}.txt", "it is not signed by"),
        File("swap two heads", (folder, facts) =>
        {
            var (one, two) = (System.IO.File.ReadAllBytes(Head(folder, 1)), System.IO.File.ReadAllBytes(Head(folder, 2)));
            System.IO.File.WriteAllBytes(Head(folder, 1), two);
            System.IO.File.WriteAllBytes(Head(folder, 2), one);
        }, _ => "heads/1.txt", "it is head 2"),
        FileTakenAway("truncate: delete all heads", (folder, _) => Directory.Delete(folder, recursive: true), "the export has no heads/"),
    ];

    private static long Last(LogFacts facts) => facts.Heads[^1].Number;

    private static string Gone(LogFacts facts) => $"checkpoint {Last(facts)} is no longer in the database";

    private static string NotTheOne(LogFacts facts) => $"checkpoint {Last(facts)} of the database is not the one that was signed";

    private static string Head(string folder, long number) => Path.Combine(folder, $"{number}.txt");

    /// <summary>As somebody would who wants fewer events to have been signed.</summary>
    private static void Edit(string head)
    {
        var text = System.IO.File.ReadAllText(head);
        System.IO.File.WriteAllText(head, text.Replace("\n0 ", "\n0 1", StringComparison.Ordinal));
    }

    private static byte[] Forged(LogFacts facts)
    {
        using var key = NoteSigner.Generate(facts.Heads[^1].LogName);
        return SignedHead.Of(facts.Heads[^1] with { Number = Last(facts) + 1, Previous = facts.Heads[^1].Hash }, key).Octets.ToArray();
    }

    private static void Insert(string folder, LogFacts facts) => System.IO.File.WriteAllBytes(Head(folder, Last(facts) + 1), Forged(facts));

    private static Task InsertAsync(DatabaseCopy copy, LogFacts facts, string where) =>
        copy.InsertLikeAsync(Table, where, new Dictionary<string, object?> { ["number"] = Last(facts) + 1, ["octets"] = Forged(facts) });

    private static Change Row(string name, string? column, Func<DatabaseCopy, LogFacts, string, Task> make, Func<LogFacts, string> clue) =>
        new(Table, name, async (copy, facts) =>
        {
            await make(copy, facts, $"kind = 0 AND number = {Last(facts)}");
            return new Clue(Told.ByServer, clue(facts));
        })
        {
            Columns = column is null ? [] : [column],
            Only = typeof(PostgreSqlCopy),
        };

    private static Change File(string name, Action<string, LogFacts> make, Func<LogFacts, string> where, string what) => new(Files, name, (copy, facts) =>
    {
        make(Path.Combine(copy.Data, "checkpoints"), facts);
        return Task.FromResult<Clue?>(new Clue(Told.ByProgram, where(facts), what));
    });

    /// <summary>Who has no files any more begins anew, and only somebody outside can tell; nodes that share a database find there what they signed.</summary>
    private static Change FileTakenAway(string name, Action<string, LogFacts> make, string what) => new(Files, name, (copy, facts) =>
    {
        make(Path.Combine(copy.Data, "checkpoints"), facts);
        return Task.FromResult(copy is SqliteCopy ? new Clue(Told.ByProgram, $"head-{Last(facts)}.txt", what) : null);
    });
}
