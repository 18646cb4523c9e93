using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>The rows of the log.</summary>
internal static class EventChanges
{
    private const string Table = "event";

    /// <summary>No mailbox has so many events.</summary>
    private const long FarSequence = 100_000;

    public static IEnumerable<Change> All =>
    [
        Update("payload", (_, facts) => Octets.Edited(facts.Arrival.Event.Payload.Span)),
        Update("hash", (row, _) => Octets.Flipped(row["hash"])),
        Update("previous", (row, _) => Octets.Flipped(row["previous"])),
        Update("at", (row, _) => (long)row["at"]! + 1),
        Update("type", (_, _) => "Logout"),
        Update("sequence", (_, _) => FarSequence),

        // What no event can have.
        Update("hash", (row, _) => ((byte[])row["hash"]!)[..31], "hash, too short"),
        Update("previous", (row, _) => (byte[])[.. (byte[])row["previous"]!, 0], "previous, too long"),
        Update("at", (_, _) => long.MaxValue, "at, after the end of time"),
        Update("at", (row, _) => (long)row["at"]! - long.MinValue, "at, before its beginning"),
        Update("type", (_, _) => new string('x', 65), "type, too long", "it is no event of format 1"),
        Update("sequence", (_, _) => -1L, "sequence, below all", "it is no event of format 1"),

        Mailbox("update mailbox, to none that there is", async copy => (await MaximumAsync(copy)) + 1, MissingBefore),
        new(Table, "update mailbox, to another one", async (copy, facts) =>
        {
            var other = await copy.MailboxAsync(facts.Tail.Account);
            await copy.UpdateAsync(Table, At(copy, facts.Arrival), new Dictionary<string, object?> { ["mailbox"] = other, ["sequence"] = FarSequence });
            return Program(LogFacts.Place(facts.Arrival), $"mailbox {facts.Tail.Account.Value}");
        }),
        Move("update position, to behind the end", facts => (facts.Partition, facts.Tail.Position + 5)),
        Move("update partition", facts => (facts.OtherPartition, facts.Events[facts.OtherPartition].Count + 1)),
    ];

    private static string At(DatabaseCopy copy, EventRecord record) => copy.EventAt(record.Partition, record.Position);

    private static Clue Program(params string[] parts) => new(Told.ByProgram, parts);

    private static Clue MissingBefore(LogFacts facts) => Program($"partition {facts.Partition}", $"position {facts.Arrival.Position} is missing before it");

    private static Change Update(
        string column, Func<Dictionary<string, object?>, LogFacts, object> other, string? name = null, string? instead = null) =>
        new(Table, $"update {name ?? column}", async (copy, facts) =>
        {
            var where = At(copy, facts.Arrival);
            await copy.UpdateAsync(Table, where, column, other(await copy.RowAsync(Table, where), facts));
            return instead is null
                ? Program(LogFacts.Place(facts.Arrival), "the event was changed")
                : Program($"events/{facts.Partition}.jsonl, line {facts.Arrival.Position}", instead);
        })
        {
            Columns = [column],
        };

    private static Change Mailbox(string name, Func<DatabaseCopy, Task<long>> other, Func<LogFacts, Clue> clue) => new(Table, name, async (copy, facts) =>
    {
        await copy.UpdateAsync(Table, At(copy, facts.Arrival), "mailbox", await other(copy));
        return clue(facts);
    })
    {
        Columns = ["mailbox"],
    };

    private static Change Move(string name, Func<LogFacts, (int Partition, long Position)> to) => new(Table, name, async (copy, facts) =>
    {
        var (partition, position) = to(facts);
        await copy.UpdateAsync(Table, At(copy, facts.Arrival), copy.ToPlace(partition, position));
        return MissingBefore(facts);
    })
    {
        Columns = ["key", "partition", "position"],
    };

    private static async Task<long> MaximumAsync(DatabaseCopy copy) =>
        Convert.ToInt64(await copy.ScalarAsync("SELECT max(no) FROM mailbox"), System.Globalization.CultureInfo.InvariantCulture);
}
