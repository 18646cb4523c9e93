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
        TableColumns.Owned(
            TableColumns.Bigint("share"), TableColumns.Bigint("modseq"), TableColumns.Bigint("last_email"), TableColumns.Int("last_folder"),
            TableColumns.Bigint("last_uidvalidity"), TableColumns.Bigint("event_sequence"), TableColumns.Hash("event_hash"), TableColumns.Bigint("messages"),
            TableColumns.Bigint("size")),
        static (r, row, place) => r.Owner(row.Owner).Bigint(place + 1).Bigint(row.Head.ModSeq).Bigint(row.Head.LastEmail).Int(row.Head.LastFolder)
            .Bigint(row.Head.LastUidValidity).Bigint(row.Head.EventSequence).Hash(row.Head.LastEventHash).Bigint(row.Head.Messages)
            .Bigint(row.Head.SizeBytes));

    public static RowSet<(Owner Owner, int Folder)> DeletedFolders() => new(
        TableColumns.Owned(TableColumns.Int("folder")), static (r, row, _) => r.Owner(row.Owner).Int(row.Folder));

    public static RowSet<(Owner Owner, FolderRow Folder)> Folders() => new(
        TableColumns.Owned(
            TableColumns.Int("id"), TableColumns.Text("path"), TableColumns.Text("special_use"), TableColumns.Bigint("uidvalidity"),
            TableColumns.Bigint("uidnext"), TableColumns.Bigint("highest_modseq"), TableColumns.Int("messages"), TableColumns.Int("unseen"),
            TableColumns.Int("deleted"), TableColumns.Bigint("size"), TableColumns.Bigint("recent_from"), TableColumns.Bigint("expunges_forgotten")),
        static (r, row, _) => r.Owner(row.Owner).Int(row.Folder.Id.Value).Text(row.Folder.Path).Text(row.Folder.SpecialUse)
            .Bigint(row.Folder.UidValidity).Bigint(row.Folder.UidNext).Bigint(row.Folder.HighestModSeq).Int(row.Folder.Messages)
            .Int(row.Folder.Unseen).Int(row.Folder.Deleted).Bigint(row.Folder.SizeBytes).Bigint(row.Folder.RecentFrom)
            .Bigint(row.Folder.ExpungesForgottenTo));

    public static RowSet<(Owner Owner, int Folder, MessagePage Page)> Pages() => new(
        TableColumns.Owned(TableColumns.Int("folder"), TableColumns.Int("number"), TableColumns.Bytes("data")),
        static (r, row, _) => r.Owner(row.Owner).Int(row.Folder).Int(row.Page.Number).Page(row.Page));

    public static RowSet<(Owner Owner, EmailWrite Email)> Emails() => new(
        TableColumns.Owned(
            TableColumns.Int("place"), TableColumns.Bigint("id"), TableColumns.Hash("blob"), TableColumns.Int("pack"), TableColumns.Bigint("pack_offset"),
            TableColumns.Int("stored_length"), TableColumns.Int("length"), TableColumns.Bytes("prefix"), TableColumns.Bytes("summary")),
        static (r, row, place) => r.Owner(row.Owner).Int(place).Bigint(row.Email.Id.Value).Hash(row.Email.Blob).Int(row.Email.Body.Pack)
            .Bigint(row.Email.Body.Offset).Int(row.Email.Body.StoredLength).Int(row.Email.Body.Length).Bytes(row.Email.Prefix)
            .Bytes(row.Email.Summary));

    public static RowSet<(Owner Owner, long Email, int Delta)> References() => new(
        TableColumns.Owned(TableColumns.Bigint("id"), TableColumns.Int("delta")), static (r, row, _) => r.Owner(row.Owner).Bigint(row.Email).Int(row.Delta));

    public static RowSet<(Owner Owner, ExpungeWrite Expunge)> Expunges() => new(
        TableColumns.Owned(TableColumns.Int("folder"), TableColumns.Bigint("modseq"), TableColumns.Bigint("first_uid"), TableColumns.Bytes("uids")),
        static (r, row, _) => r.Owner(row.Owner).Int(row.Expunge.Folder.Value).Bigint(row.Expunge.ModSeq)
            .Bigint(row.Expunge.Uids.Ranges[0].First).Bytes(UidSetCodec.Encode(row.Expunge.Uids)));

    public static RowSet<(Owner Owner, int Bit, string Name)> Keywords() => new(
        TableColumns.Owned(TableColumns.Int("bit"), TableColumns.Text("name")), static (r, row, _) => r.Owner(row.Owner).Int(row.Bit).Text(row.Name));

    public static RowSet<(Owner Owner, string Path, bool Subscribed)> Subscriptions() => new(
        TableColumns.Owned(TableColumns.Text("path"), TableColumns.Bit("subscribed")),
        static (r, row, _) => r.Owner(row.Owner).Text(row.Path).Bit(row.Subscribed));

    public static RowSet<(Owner Owner, OperationWrite Operation)> Operations() => new(
        TableColumns.Owned(TableColumns.Int("place"), TableColumns.Hash("id"), TableColumns.Bigint("at"), TableColumns.Bytes("result")),
        static (r, row, place) => r.Owner(row.Owner).Int(place).Hash(row.Operation.Id.Value).Bigint(EventHash.Microseconds(row.Operation.At))
            .Bytes(row.Operation.Result));

    public static RowSet<(Owner Owner, int Partition, EventWrite Event)> Events() => new(
        TableColumns.Owned(
            TableColumns.Int("place"), TableColumns.Int("partition"), TableColumns.Bigint("sequence"), TableColumns.Bigint("at"), TableColumns.Text("type"),
            TableColumns.Hash("previous"), TableColumns.Hash("hash"), TableColumns.Bytes("payload")),
        static (r, row, place) => r.Owner(row.Owner).Int(place).Int(row.Partition).Bigint(row.Event.Sequence)
            .Bigint(EventHash.Microseconds(row.Event.At)).Text(row.Event.Type).Hash(row.Event.PreviousHash).Hash(row.Event.Hash)
            .Bytes(row.Event.Payload));
}
