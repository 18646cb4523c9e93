using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>Where bodies lie, and the bodies that lie in the database.</summary>
internal static class BodyChanges
{
    private const string Table = "body";
    private const string Data = "body_data";

    public static IEnumerable<Change> All => [.. Places, .. Contents];

    private static IEnumerable<Change> Places =>
    [
        Update("blob", row => Octets.Flipped(row["blob"]), Collected),
        Update("length", row => (int)Number(row["length"]) + 1),
        Update("pack", _ => 77),
        Update("offset", row => Number(row["offset"]) + 8, Damaged, typeof(SqliteCopy)),
        Update("stored_length", row => (int)Number(row["stored_length"]) + 1, Damaged, typeof(SqliteCopy)),
        Update("no", row => Number(row["no"]) + 10_000, Damaged, typeof(PostgreSqlCopy)),
        new(Table, "delete one", async (copy, facts) =>
        {
            await copy.DeleteAsync(Table, Of(copy, facts));
            return Collected(facts);
        }),
        new(Table, "insert, of a body that no event names", async (copy, facts) =>
        {
            await copy.InsertLikeAsync(Table, Of(copy, facts), new Dictionary<string, object?> { ["no"] = 10_000L, ["blob"] = new byte[32] });
            return null;
        }),
        new(Table, "swap the places of two", async (copy, facts) =>
        {
            await copy.SwapAsync(Table, Of(copy, facts), $"blob = {copy.Literal(facts.OtherBody.ToArray())}", "blob");
            return Damaged(facts);
        }),
        new(Table, "truncate", async (copy, facts) =>
        {
            await copy.RunAsync($"DELETE FROM {Table}");
            return Collected(facts);
        }),
    ];

    private static IEnumerable<Change> Contents =>
    [
        OfData("update data", (copy, facts, where) => ChangeAsync(copy, where, "data", data => Octets.Flipped(data, 10)), "data"),
        OfData("update encoding", (copy, facts, where) => ChangeAsync(copy, where, "encoding", encoding => (short)(1 - (short)encoding!)), "encoding"),
        OfData("update no", (copy, facts, where) => ChangeAsync(copy, where, "no", no => Number(no) + 10_000), "no"),
        OfData("update data and encoding, to another message", (copy, facts, where) =>
            copy.UpdateAsync(Data, where, new Dictionary<string, object?> { ["data"] = "Subject: forged\r\n\r\n"u8.ToArray(), ["encoding"] = (short)0 })),
        OfData("delete one", (copy, facts, where) => copy.DeleteAsync(Data, where)),
        OfData("swap two", async (copy, facts, where) =>
        {
            var other = await copy.RowAsync(Table, $"blob = {copy.Literal(facts.OtherBody.ToArray())}");
            await copy.SwapAsync(Data, where, $"no = {other["no"]}", "data");
        }),
        OfData("truncate", (copy, facts, where) => copy.RunAsync($"DELETE FROM {Data}")),
        new(Data, "insert, of a body that has no place", async (copy, facts) =>
        {
            var row = await copy.RowAsync(Table, Of(copy, facts));
            await copy.InsertLikeAsync(Data, $"no = {row["no"]}", new Dictionary<string, object?> { ["no"] = 10_000L });
            return null;
        })
        {
            Only = typeof(PostgreSqlCopy),
        },
    ];

    private static string Of(DatabaseCopy copy, LogFacts facts) => $"blob = {copy.Literal(facts.Body.ToArray())}";

    private static long Number(object? value) => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>It is there, but not what it should be: the export doesn't have it.</summary>
    private static Clue Damaged(LogFacts facts) =>
        new(Told.ByProgram, LogFacts.Place(facts.Filed), $"the body {facts.Body} is missing, and not in collected.txt");

    /// <summary>It isn't there, which is right for those that nobody has any more.</summary>
    private static Clue Collected(LogFacts facts) =>
        new(Told.ByProgram, LogFacts.Place(facts.Filed), $"the body {facts.Body} is said to be collected, but its message is still in the mailbox");

    private static Change Update(string column, Func<Dictionary<string, object?>, object> other, Func<LogFacts, Clue>? clue = null, Type? only = null) =>
        new(Table, $"update {column}", async (copy, facts) =>
        {
            await copy.ReplaceAsync(Table, Of(copy, facts), column, other(await copy.RowAsync(Table, Of(copy, facts))));
            return (clue ?? Damaged)(facts);
        })
        {
            Columns = [column],
            Only = only,
        };

    private static Change OfData(string name, Func<DatabaseCopy, LogFacts, string, Task> make, params string[] columns) => new(Data, name, async (copy, facts) =>
    {
        var row = await copy.RowAsync(Table, Of(copy, facts));
        await make(copy, facts, $"no = {row["no"]}");
        return Damaged(facts);
    })
    {
        Columns = columns,
        Only = typeof(PostgreSqlCopy),
    };

    private static async Task ChangeAsync(DatabaseCopy copy, string where, string column, Func<object?, object> other) =>
        await copy.UpdateAsync(Data, where, column, other((await copy.RowAsync(Data, where))[column]));
}
