using MailGrains.Model;
using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>The rows of mailboxes and their folders.</summary>
internal static class FolderChanges
{
    private const string Mailbox = "mailbox";
    private const string Table = "folder";

    public static IEnumerable<MailboxChange> All => [.. Mailboxes, .. Folders];

    private static IEnumerable<MailboxChange> Mailboxes =>
    [
        OfMailbox("event_sequence", 1, v => $"its last event is number {v.Last + 1}, but the log ends with {v.Last}"),
        OfMailbox("event_sequence", -1, v => $"its last event, number {v.Last - 1}, has the hash"),
        OfMailbox("modseq", 7, _ => "its MODSEQ is "),
        OfMailbox("messages", 1, _ => "messages in all"),
        OfMailbox("size", 1, _ => "octets in all"),
        new(Mailbox, "update event_hash", async v =>
        {
            await v.Copy.UpdateAsync(Mailbox, v.Row, "event_hash", new byte[BlobId.Length]);
            return ["", $"its last event, number {v.Last}, has the hash {default(BlobId)}", v.Events[^1].Event.Hash.ToString()];
        })
        {
            Columns = ["event_hash"],
        },
        new("event", "insert, in a partition that is none", async v =>
        {
            var place = new Dictionary<string, object?>(v.Copy.ToPlace(1000, 1)) { ["sequence"] = v.Last + 1 };
            await v.Copy.InsertLikeAsync("event", v.Copy.EventAt(v.Events[^1].Partition, v.Events[^1].Position), place);
            return ["", $"the chain of events is broken at number {v.Last + 1}"];
        }),
    ];

    private static IEnumerable<MailboxChange> Folders =>
    [
        Update("path", "Secret", "Secret", "by the log its name is Projects"),
        Update("special_use", "Junk", "Projects", "its use is Junk, by the log none"),
        Update("uidvalidity", 77L, "Projects", "UIDVALIDITY is 77, by the log"),
        Update("uidnext", 40L, "Projects", "UIDNEXT is 40, by the log 3"),
        Update("highest_modseq", 999L, "Projects", "HIGHESTMODSEQ is 999, by the log"),
        Update("messages", 5, "Projects", "MESSAGES is 5, counted 2"),
        Update("unseen", 2, "Projects", "UNSEEN is 2, counted 1"),
        Update("deleted", 1, "Projects", "DELETED is 1, counted 0"),
        Update("size", 1L, "Projects", "SIZE is 1, counted"),
        Update("id", 77, "Projects", "the log knows of no such folder"),
        Update("mailbox", 10_000L, "Projects", "it is missing: by the log there is such a folder"),
        new(Table, "update no", async v =>
        {
            await v.Copy.UpdateAsync(Table, v.Folder(Victim.Projects), "no", 10_000L + v.Number);
            return ["Projects", "it is missing: by event "];
        })
        {
            Columns = ["no"],
            Only = typeof(SqliteCopy),
        },
        new(Table, "delete one", async v =>
        {
            await v.Copy.DeleteAsync(Table, v.Folder(Victim.Projects));
            return ["Projects", "it is missing: by the log there is such a folder"];
        }),
        new(Table, "insert", async v =>
        {
            var other = new Dictionary<string, object?> { ["id"] = 78, ["path"] = "Forged" };
            if (v.Copy is SqliteCopy) other["no"] = 20_000L + v.Number;
            await v.Copy.InsertLikeAsync(Table, v.Folder(Victim.Projects), other);
            return ["Forged", "the log knows of no such folder"];
        }),
        new(Table, "swap the names of two", async v =>
        {
            await v.Copy.SwapAsync(Table, v.Folder(Victim.Projects), v.Folder(Victim.Archive), "path");
            return ["Archive", "by the log its name is Projects"];
        }),
        new(Table, "truncate", async v =>
        {
            await v.Copy.RunAsync($"DELETE FROM {Table} WHERE {v.Own}");
            return ["INBOX", "it is missing: by the log there is such a folder"];
        }),
    ];

    private static MailboxChange OfMailbox(string column, int more, Func<Victim, string> clue) => new(Mailbox, $"update {column} by {more}", async v =>
    {
        await v.Copy.RunAsync($"UPDATE {Mailbox} SET {column} = {column} + {more} WHERE {v.Row}");
        return ["", clue(v)];
    })
    {
        Columns = [column],
    };

    private static MailboxChange Update(string column, object value, string folder, string clue) => new(Table, $"update {column}", async v =>
    {
        await v.Copy.UpdateAsync(Table, v.Folder(Victim.Projects), column, value);
        return [folder, clue];
    })
    {
        Columns = [column],
    };
}
