using MailGrains.Model;
using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>The rows that say whose events they are; what else they have is looked at with the mailboxes.</summary>
internal static class OwnerChanges
{
    private const string Table = "mailbox";

    public static IEnumerable<Change> All =>
    [
        new(Table, "update account", async (copy, facts) =>
        {
            await copy.UpdateAsync(Table, Of(copy, facts), "account", copy.Value(new AccountId(new Guid("0191a0b0-0000-7000-8000-00000000f0f0"))));
            return Program($"partition {facts.Partition}, position {facts.Arrival.Position}, mailbox 0191a0b0-0000-7000-8000-00000000f0f0", "the event was changed");
        })
        {
            Columns = ["account"],
        },
        new(Table, "update no", async (copy, facts) =>
        {
            await copy.ReplaceAsync(Table, Of(copy, facts), "no", 10_000L);
            return Gone(facts);
        })
        {
            Columns = ["no"],
        },
        new(Table, "delete one", async (copy, facts) =>
        {
            await copy.DeleteAsync(Table, Of(copy, facts));
            return Gone(facts);
        }),
        new(Table, "insert, of one without events", async (copy, facts) =>
        {
            var other = new Dictionary<string, object?> { ["no"] = 10_000L, ["account"] = copy.Value(new AccountId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch))) };
            await copy.InsertLikeAsync(Table, Of(copy, facts), other);
            return null;
        }),
        new(Table, "swap the accounts of two", async (copy, facts) =>
        {
            await copy.SwapAsync(Table, Of(copy, facts), $"account = {copy.Literal(facts.Tail.Account)}", "account");
            return Program($"partition {facts.Partition}, position {facts.Arrival.Position}, mailbox {facts.Tail.Account.Value}", "the event was changed");
        }),
        new(Table, "truncate", async (copy, facts) =>
        {
            await copy.RunAsync($"DELETE FROM {Table}");
            return Program($"heads/{facts.Heads[^1].Number}.txt", $"partition {facts.Partition} ends with position 0");
        }),
    ];

    private static string Of(DatabaseCopy copy, LogFacts facts) => $"account = {copy.Literal(facts.Arrival.Account)}";

    private static Clue Program(params string[] parts) => new(Told.ByProgram, parts);

    private static Clue Gone(LogFacts facts) =>
        Program("receipt r1.", $"mailbox {facts.Arrival.Account.Value}, sequence {facts.Arrival.Event.Sequence}", "there is no such event");
}
