using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Folders;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>CREATE, DELETE, RENAME, SUBSCRIBE. Paths are normal (<see cref="FolderPath"/>).</summary>
internal static class FolderTurn
{
    /// <summary>Every mailbox starts with INBOX and these (RFC 6154), named as their use.</summary>
    private static readonly string[] FirstFolders = ["Drafts", "Sent", "Junk", "Trash", "Archive"];

    private static readonly string[] SpecialUses = ["All", "Archive", "Drafts", "Flagged", "Important", "Junk", "Sent", "Trash"];

    public static void CreateMailbox(MailboxTurn turn)
    {
        Add(turn, FolderPath.Inbox, null);
        Subscribe(turn, FolderPath.Inbox);
        foreach (var use in FirstFolders)
        {
            Add(turn, use, use);
            Subscribe(turn, use);
        }
    }

    public static FolderRow Create(MailboxTurn turn, string path, string? specialUse)
    {
        if (turn.State.Paths.ContainsKey(path)) throw MailboxFault.AlreadyExists();
        var use = specialUse is null ? null : UseOf(specialUse);
        CreateParents(turn, path);
        return Add(turn, path, use);
    }

    public static void Delete(MailboxTurn turn, string path)
    {
        if (path == FolderPath.Inbox) throw MailboxFault.Cannot("INBOX can't be deleted");
        var folder = turn.Folder(path);
        foreach (var page in folder.Messages.Pages())
        {
            foreach (var email in page.EmailIds) turn.References.Add(new EmailReferenceChange(new EmailId(email), -1));
        }

        turn.AddTotals(-folder.Row.Messages, -folder.Row.SizeBytes);
        turn.Remove(folder);
        FolderEvents.Deleted(turn, folder with { Row = folder.Row with { HighestModSeq = turn.ModSeq } });
    }

    /// <summary>RENAME of a folder, or of a level that is only the name of folders below it.</summary>
    public static void Rename(MailboxTurn turn, string from, string to)
    {
        if (from == FolderPath.Inbox)
        {
            RenameInbox(turn, to);
            return;
        }

        var moved = turn.State.Paths.Keys.Where(p => p == from || FolderPath.IsBelow(p, from)).ToList();
        if (moved.Count == 0) throw MailboxFault.NonExistent();
        if (to == from || turn.State.Paths.ContainsKey(to)) throw MailboxFault.AlreadyExists();
        if (FolderPath.IsBelow(to, from)) throw MailboxFault.Cannot("A mailbox can't be moved below itself");

        var renamed = moved.ConvertAll(p => (Old: p, New: NewName(p, from, to)));
        if (renamed.Exists(r => turn.State.Paths.ContainsKey(r.New))) throw MailboxFault.AlreadyExists();
        CreateParents(turn, to);
        foreach (var (old, name) in renamed) Rename(turn, turn.Folder(old), name);
    }

    public static void Subscribe(MailboxTurn turn, string path, bool subscribed = true)
    {
        var subscriptions = turn.State.Subscriptions;
        if (subscriptions.Contains(path) == subscribed) return;
        if (subscribed && subscriptions.Count >= 2L * turn.Limits.MaxFolders) throw MailboxFault.Limit("Too many subscriptions");
        turn.SetSubscriptions(subscribed ? subscriptions.Add(path) : subscriptions.Remove(path));
        turn.Subscriptions.Add(new SubscriptionWrite(path, subscribed));
        FolderEvents.Subscribed(turn, path, turn.State.Find(path), subscribed);
    }

    private static void Rename(MailboxTurn turn, FolderState folder, string path)
    {
        var old = folder.Row.Path;
        var row = folder.Row with { Path = path, HighestModSeq = turn.ModSeq };
        turn.SetPaths(turn.State.Paths.Remove(old).Add(path, row.Id));
        var renamed = FolderState.Of(turn.Account, row, folder.Messages);
        turn.Set(renamed);
        FolderEvents.Renamed(turn, renamed, old);
    }

    /// <summary>RFC 9051 section 6.3.6: INBOX stays, empty; its messages move to a new folder. Folders below it stay too.</summary>
    private static void RenameInbox(MailboxTurn turn, string to)
    {
        var row = Create(turn, to, null);
        var inbox = turn.Folder(FolderPath.Inbox);
        var all = inbox.Messages.SlicesOfUids(UidSet.Between(1, uint.MaxValue));
        if (all.Length > 0) CopyTurn.Apply(turn, inbox.Row.Id, row.Id, all, move: true);
    }

    private static string NewName(string path, string from, string to) =>
        FolderPath.TryNormalize(string.Concat(to, path.AsSpan(from.Length)), out var name) ? name : throw MailboxFault.BadName();

    private static void CreateParents(MailboxTurn turn, string path)
    {
        for (var i = path.IndexOf(FolderPath.Separator); i >= 0; i = path.IndexOf(FolderPath.Separator, i + 1))
        {
            var parent = path[..i];
            if (!turn.State.Paths.ContainsKey(parent)) Add(turn, parent, null);
        }
    }

    private static FolderRow Add(MailboxTurn turn, string path, string? specialUse)
    {
        if (turn.State.Paths.Count >= turn.Limits.MaxFolders) throw MailboxFault.Limit("Too many mailboxes");
        var row = new FolderRow
        {
            Id = turn.NextFolder(),
            Path = path,
            SpecialUse = specialUse,
            UidValidity = turn.NextUidValidity(),
            UidNext = 1,
            HighestModSeq = turn.ModSeq,
        };
        var folder = FolderState.Of(turn.Account, row, FolderMessages.Empty);
        turn.Set(folder);
        turn.SetPaths(turn.State.Paths.Add(path, row.Id));
        FolderEvents.Created(turn, folder);
        return row;
    }

    /// <summary>Several folders may have the same use (RFC 6154 section 2).</summary>
    private static string UseOf(string specialUse) =>
        SpecialUses.FirstOrDefault(u => u.Equals(specialUse.TrimStart('\\'), StringComparison.OrdinalIgnoreCase))
        ?? throw MailboxFault.Cannot("Special use is not supported");
}
