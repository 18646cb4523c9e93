using System.Text;
using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>Rows of the log taken away, added and exchanged; and changes by somebody who knows how hashes are made, and how rows belong together.</summary>
internal static class LogChanges
{
    private const string Table = "event";

    public static IEnumerable<Change> All =>
    [
        new(Table, "delete one", async (copy, facts) =>
        {
            await copy.DeleteAsync(Table, At(copy, facts.Arrival));
            return Program($"partition {facts.Partition}", $"position {facts.Arrival.Position} is missing before it");
        }),
        new(Table, "delete the first", async (copy, facts) =>
        {
            await copy.DeleteAsync(Table, copy.EventAt(facts.Partition, 1));
            return Program($"partition {facts.Partition}, position 2", "position 1 is missing before it");
        }),
        new(Table, "delete the last that was signed", async (copy, facts) =>
        {
            await copy.RunAsync($"DELETE FROM {Table} WHERE {copy.EventsAfter(facts.Partition, facts.Signed - 1)}");
            return Program($"heads/{facts.Heads[^1].Number}.txt", $"partition {facts.Partition} ends with position {facts.Signed - 1}");
        }),
        new(Table, "delete all of a mailbox", async (copy, facts) =>
        {
            await copy.RunAsync($"DELETE FROM {Table} WHERE mailbox = {await copy.MailboxAsync(facts.Arrival.Account)}");
            return Program("receipt r1.", $"mailbox {facts.Arrival.Account.Value}, sequence {facts.Arrival.Event.Sequence}", "there is no such event");
        }),
        new(Table, "delete the last, which is not signed", async (copy, facts) =>
        {
            await copy.DeleteAsync(Table, At(copy, facts.Tail));
            return Server($"partition {facts.Partition} ends with position {facts.Tail.Position - 1}, but {facts.Tail.Position} was given out");
        }),
        new(Table, "delete the last, which is not signed, and all traces of it", async (copy, facts) =>
        {
            await copy.DeleteAsync(Table, At(copy, facts.Tail));
            await EndAsync(copy, facts, facts.Tail.Position - 1);
            return Program("receipt r1.", $"mailbox {facts.Tail.Account.Value}, sequence {facts.Tail.Event.Sequence}", "there is no such event");
        }),
        new(Table, "truncate", async (copy, facts) =>
        {
            await copy.RunAsync($"DELETE FROM {Table}");
            return Program($"heads/{facts.Heads[^1].Number}.txt", $"partition {facts.Partition} ends with position 0");
        }),
        new(Table, "truncate behind an event, and the positions that were given out", async (copy, facts) =>
        {
            var left = facts.Arrival.Position;
            await copy.RunAsync($"DELETE FROM {Table} WHERE {copy.EventsAfter(facts.Partition, left)}");
            await EndAsync(copy, facts, left);
            return Program($"heads/{facts.Heads[^1].Number}.txt", $"partition {facts.Partition} ends with position {left}");
        }),
        new(Table, "insert at the end, of a copy", async (copy, facts) =>
        {
            var place = new Dictionary<string, object?>(copy.ToPlace(facts.Partition, facts.Tail.Position + 1)) { ["sequence"] = 100_000L };
            await copy.InsertLikeAsync(Table, At(copy, facts.Arrival), place);
            return Program($"partition {facts.Partition}, position {facts.Tail.Position + 1}", "the event was changed");
        }),
        new(Table, "insert at the end, of one that fits", async (copy, facts) =>
        {
            await InsertAsync(copy, facts, facts.Tail.Position + 1);
            return Server($"partition {facts.Partition} ends with position {facts.Tail.Position + 1}, but only {facts.Tail.Position} was given out");
        }),
        new(Table, "insert in the middle, of one that fits, with the others moved on", async (copy, facts) =>
        {
            for (var position = facts.Tail.Position; position >= facts.Arrival.Position; position--)
                await copy.UpdateAsync(Table, copy.EventAt(facts.Partition, position), copy.ToPlace(facts.Partition, position + 1));
            await InsertAsync(copy, facts, facts.Arrival.Position);
            await EndAsync(copy, facts, facts.Tail.Position + 1);
            return Program($"partition {facts.Partition}", facts.Between(facts.Arrival.Position));
        }),
        new(Table, "swap the payloads of two", async (copy, facts) =>
        {
            await copy.SwapAsync(Table, At(copy, facts.Arrival), At(copy, facts.Tail), "payload");
            return Program(LogFacts.Place(facts.Arrival), "the event was changed");
        }),
        new(Table, "swap the places of two mailboxes' events", async (copy, facts) =>
        {
            var first = facts.All.Zip(facts.All.Skip(1)).First(pair => pair.First.Account != pair.Second.Account).First.Position;
            await copy.SwapAsync(
                Table, copy.EventAt(facts.Partition, first), copy.EventAt(facts.Partition, first + 1), [.. copy.ToPlace(facts.Partition, first).Keys]);
            return Program($"partition {facts.Partition}", facts.Between(first));
        }),
        new(Table, "update payload and its hash", async (copy, facts) =>
        {
            await RewriteAsync(copy, facts, onlyFirst: true);
            return Program($"mailbox {facts.Arrival.Account.Value}", $"it is not linked to the mailbox's sequence {facts.Arrival.Event.Sequence} before it");
        }),
        new(Table, "update payload and the whole chain after it", async (copy, facts) =>
        {
            await RewriteAsync(copy, facts, onlyFirst: false);
            return Program($"partition {facts.Partition}", facts.Between(facts.Arrival.Position));
        }),
    ];

    private static string At(DatabaseCopy copy, EventRecord record) => copy.EventAt(record.Partition, record.Position);

    private static Clue Program(params string[] parts) => new(Told.ByProgram, parts);

    private static Clue Server(params string[] parts) => new(Told.ByServer, parts);

    private static Task EndAsync(DatabaseCopy copy, LogFacts facts, long last) =>
        copy.UpdateAsync("event_partition", $"partition = {facts.Partition}", "last", last);

    /// <summary>The first event of a mailbox that there never was.</summary>
    private static async Task InsertAsync(DatabaseCopy copy, LogFacts facts, long position)
    {
        var account = new AccountId(new Guid("0191a0b0-0000-7000-8000-00000000f0f0"));
        await copy.InsertLikeAsync("mailbox", $"account = {copy.Literal(facts.Arrival.Account)}", new Dictionary<string, object?>
        {
            ["no"] = 10_000L,
            ["account"] = copy.Value(account),
        });
        var text = Encoding.UTF8.GetString(facts.Arrival.Event.Payload.Span);
        var payload = Encoding.UTF8.GetBytes(text.Replace(facts.Arrival.Account.Value.ToString(), account.Value.ToString(), StringComparison.Ordinal));
        var hash = EventHash.Compute(default, account, 1, facts.Arrival.Event.At, facts.Arrival.Event.Type, payload);
        var row = new Dictionary<string, object?>(copy.ToPlace(facts.Partition, position))
        {
            ["mailbox"] = 10_000L,
            ["sequence"] = 1L,
            ["previous"] = new byte[BlobId.Length],
            ["hash"] = hash.ToArray(),
            ["payload"] = payload,
        };

        // In the middle the arrival itself has been moved on.
        var like = copy.EventAt(facts.Partition, position <= facts.Arrival.Position ? facts.Arrival.Position + 1 : facts.Arrival.Position);
        await copy.InsertLikeAsync("event", like, row);
    }

    /// <summary>The arrival says something else, and its hash is that of what it says; and so are those that follow from it.</summary>
    private static async Task RewriteAsync(DatabaseCopy copy, LogFacts facts, bool onlyFirst)
    {
        var previous = facts.Arrival.Event.PreviousHash;
        foreach (var record in facts.All.Where(e => e.Account == facts.Arrival.Account && e.Position >= facts.Arrival.Position))
        {
            var written = record.Event;
            var payload = record == facts.Arrival ? Octets.Edited(written.Payload.Span) : written.Payload.ToArray();
            var hash = EventHash.Compute(previous, record.Account, written.Sequence, written.At, written.Type, payload);
            await copy.UpdateAsync("event", At(copy, record), new Dictionary<string, object?>
            {
                ["payload"] = payload,
                ["previous"] = previous.ToArray(),
                ["hash"] = hash.ToArray(),
            });
            previous = hash;
            if (onlyFirst) return;
        }
    }
}
