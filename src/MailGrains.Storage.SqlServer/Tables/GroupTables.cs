using MailGrains.Model.Columns;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Relational.Group;

namespace MailGrains.Storage.SqlServer.Tables;

/// <summary>The tables that a group commit takes, each as empty as the type of its name in the schema.</summary>
internal static class GroupTables
{
    public static RowSet<(Owner Owner, MailboxHead Head)> Heads() => new(
        Columns.Owned(
            Columns.Bigint("share"), Columns.Bigint("modseq"), Columns.Bigint("last_email"), Columns.Int("last_folder"),
            Columns.Bigint("last_uidvalidity"), Columns.Bigint("event_sequence"), Columns.Hash("event_hash"), Columns.Bigint("messages"),
            Columns.Bigint("size")),
        static (r, row, place) => r.Owner(row.Owner).Bigint(place + 1).Bigint(row.Head.ModSeq).Bigint(row.Head.LastEmail).Int(row.Head.LastFolder)
            .Bigint(row.Head.LastUidValidity).Bigint(row.Head.EventSequence).Hash(row.Head.LastEventHash).Bigint(row.Head.Messages)
            .Bigint(row.Head.SizeBytes));

    public static RowSet<(Owner Owner, int Folder)> DeletedFolders() => new(
        Columns.Owned(Columns.Int("folder")), static (r, row, _) => r.Owner(row.Owner).Int(row.Folder));

    public static RowSet<(Owner Owner, FolderRow Folder)> Folders() => new(
        Columns.Owned(
            Columns.Int("id"), Columns.Text("path"), Columns.Text("special_use"), Columns.Bigint("uidvalidity"), Columns.Bigint("uidnext"),
            Columns.Bigint("highest_modseq"), Columns.Int("messages"), Columns.Int("unseen"), Columns.Int("deleted"), Columns.Bigint("size"),
            Columns.Bigint("recent_from"), Columns.Bigint("expunges_forgotten")),
        static (r, row, _) => r.Owner(row.Owner).Int(row.Folder.Id.Value).Text(row.Folder.Path).Text(row.Folder.SpecialUse)
            .Bigint(row.Folder.UidValidity).Bigint(row.Folder.UidNext).Bigint(row.Folder.HighestModSeq).Int(row.Folder.Messages)
            .Int(row.Folder.Unseen).Int(row.Folder.Deleted).Bigint(row.Folder.SizeBytes).Bigint(row.Folder.RecentFrom)
            .Bigint(row.Folder.ExpungesForgottenTo));

    public static RowSet<(Owner Owner, int Folder, MessagePage Page)> Pages() => new(
        Columns.Owned(Columns.Int("folder"), Columns.Int("number"), Columns.Bytes("data")),
        static (r, row, _) => r.Owner(row.Owner).Int(row.Folder).Int(row.Page.Number).Page(row.Page));

    public static RowSet<(Owner Owner, EmailWrite Email)> Emails() => new(
        Columns.Owned(
            Columns.Int("place"), Columns.Bigint("id"), Columns.Hash("blob"), Columns.Int("pack"), Columns.Bigint("pack_offset"),
            Columns.Int("stored_length"), Columns.Int("length"), Columns.Bytes("prefix"), Columns.Bytes("summary")),
        static (r, row, place) => r.Owner(row.Owner).Int(place).Bigint(row.Email.Id.Value).Hash(row.Email.Blob).Int(row.Email.Body.Pack)
            .Bigint(row.Email.Body.Offset).Int(row.Email.Body.StoredLength).Int(row.Email.Body.Length).Bytes(row.Email.Prefix)
            .Bytes(row.Email.Summary));

    public static RowSet<(Owner Owner, long Email, int Delta)> References() => new(
        Columns.Owned(Columns.Bigint("id"), Columns.Int("delta")), static (r, row, _) => r.Owner(row.Owner).Bigint(row.Email).Int(row.Delta));

    public static RowSet<(Owner Owner, ExpungeWrite Expunge)> Expunges() => new(
        Columns.Owned(Columns.Int("folder"), Columns.Bigint("modseq"), Columns.Bigint("first_uid"), Columns.Bytes("uids")),
        static (r, row, _) => r.Owner(row.Owner).Int(row.Expunge.Folder.Value).Bigint(row.Expunge.ModSeq)
            .Bigint(row.Expunge.Uids.Ranges[0].First).Bytes(UidSetCodec.Encode(row.Expunge.Uids)));

    public static RowSet<(Owner Owner, int Bit, string Name)> Keywords() => new(
        Columns.Owned(Columns.Int("bit"), Columns.Text("name")), static (r, row, _) => r.Owner(row.Owner).Int(row.Bit).Text(row.Name));

    public static RowSet<(Owner Owner, string Path, bool Subscribed)> Subscriptions() => new(
        Columns.Owned(Columns.Text("path"), Columns.Bit("subscribed")),
        static (r, row, _) => r.Owner(row.Owner).Text(row.Path).Bit(row.Subscribed));

    public static RowSet<(Owner Owner, OperationWrite Operation)> Operations() => new(
        Columns.Owned(Columns.Int("place"), Columns.Hash("id"), Columns.Bigint("at"), Columns.Bytes("result")),
        static (r, row, place) => r.Owner(row.Owner).Int(place).Hash(row.Operation.Id.Value).Bigint(EventHash.Microseconds(row.Operation.At))
            .Bytes(row.Operation.Result));

    public static RowSet<(Owner Owner, int Partition, EventWrite Event)> Events() => new(
        Columns.Owned(
            Columns.Int("place"), Columns.Int("partition"), Columns.Bigint("sequence"), Columns.Bigint("at"), Columns.Text("type"),
            Columns.Hash("previous"), Columns.Hash("hash"), Columns.Bytes("payload")),
        static (r, row, place) => r.Owner(row.Owner).Int(place).Int(row.Partition).Bigint(row.Event.Sequence)
            .Bigint(EventHash.Microseconds(row.Event.At)).Text(row.Event.Type).Hash(row.Event.PreviousHash).Hash(row.Event.Hash)
            .Bytes(row.Event.Payload));
}
