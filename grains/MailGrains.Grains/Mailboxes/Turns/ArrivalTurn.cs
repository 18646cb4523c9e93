using MailGrains.Grains.Mailboxes.Quotas;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Storage.Commit;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>New messages enter a folder (APPEND, delivery).</summary>
internal static class ArrivalTurn
{
    /// <summary>Adds the messages; the caller adds the event.</summary>
    public static Arrival[] Apply(MailboxTurn turn, FolderId id, IReadOnlyList<IncomingMessage> messages)
    {
        long bytes = 0;
        foreach (var message in messages) bytes += message.Size;
        CheckQuota(turn, messages.Count, bytes);

        var folder = turn.Folder(id);
        var uid = folder.Row.UidNext;
        var entries = new NewEntry[messages.Count];
        var arrivals = new Arrival[messages.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var message = messages[i];
            var email = turn.NextEmail();
            entries[i] = new NewEntry(
                uid++, message.Flags, turn.ModSeq, message.InternalDate, turn.Origin.Seconds, (uint)message.Size, email);
            arrivals[i] = new Arrival(entries[i], message.Content.Blob, message.Content.MessageId);
            turn.Emails.Add(new EmailWrite(email, message.Content.Blob, message.Body, message.Prefix, message.Content.Summary));
            turn.References.Add(new EmailReferenceChange(email, 1));
        }

        Enter(turn, folder, entries);
        return arrivals;
    }

    /// <summary>Puts entries into a folder and keeps its counters and the mailbox's.</summary>
    public static void Enter(MailboxTurn turn, FolderState folder, ReadOnlySpan<NewEntry> entries)
    {
        if (folder.Row.UidNext > uint.MaxValue - (uint)entries.Length) throw MailboxFault.Limit("Mailbox has used up its UIDs");
        var tally = new Tally();
        foreach (ref readonly var entry in entries) tally.Add(entry.Flags, entry.Size);
        turn.AddTotals(tally.Messages, tally.Bytes);
        turn.Set(folder with
        {
            Row = tally.AddTo(folder.Row) with { UidNext = entries[^1].Uid + 1, HighestModSeq = turn.ModSeq },
            Messages = PageEdit.Append(folder.Messages, entries),
        });
    }

    public static void CheckQuota(MailboxTurn turn, long messages, long bytes)
    {
        if (Quota.Refuses(turn.Limits, turn.Head, messages, bytes)) throw MailboxFault.OverQuota();
    }
}
