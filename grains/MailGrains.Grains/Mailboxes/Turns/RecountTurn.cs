using MailGrains.Grains.Mailboxes.State;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>Puts counters right from the messages themselves. All folders are in memory.</summary>
internal static class RecountTurn
{
    public static void Apply(MailboxTurn turn)
    {
        long messages = 0, bytes = 0;
        foreach (var folder in turn.State.Folders.Values)
        {
            var row = Recounted(folder);
            messages += row.Messages;
            bytes += row.SizeBytes;
            if (row != folder.Row) turn.Set(folder with { Row = row });
        }

        turn.AddTotals(messages - turn.Head.Messages, bytes - turn.Head.SizeBytes);
    }

    private static FolderRow Recounted(FolderState folder)
    {
        var tally = new Tally();
        foreach (var page in folder.Messages.Pages())
        {
            for (var i = 0; i < page.Count; i++) tally.Add(page.Flags[i], page.Sizes[i]);
        }

        return tally.AddTo(folder.Row with { Messages = 0, Unseen = 0, Deleted = 0, SizeBytes = 0 }) with
        {
            UidNext = Math.Max(folder.Row.UidNext, folder.Messages.LastUid + 1),
        };
    }
}
