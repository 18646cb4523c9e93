using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Records;

/// <summary>
/// Changes into statements, none of which needs the answer of another: the mailbox's row is made or its time raised, then the act is written with that
/// time, then what refers to both.
/// </summary>
internal static class RecordWriting
{
    public static IEnumerable<Question> Statements(RecordBatch batch) => batch.Events.SelectMany(Statements);

    private static IEnumerable<Question> Statements(RecordedEvent happened)
    {
        var account = happened.Account.Value;
        yield return new("RecordMailbox", account, EventHash.Microseconds(happened.At));
        yield return new("RecordAct", account, happened.Sequence, happened.Type, happened.Actor);
        foreach (var change in happened.Changes)
        {
            foreach (var statement in Statements(account, happened.Sequence, change)) yield return statement;
        }
    }

    private static IEnumerable<Question> Statements(Guid account, long sequence, RecordChange change) => change switch
    {
        EntryArrived arrived => [Arrived(account, sequence, arrived)],
        EntriesTransferred transferred => transferred.Runs.SelectMany(run => Transferred(account, sequence, transferred, run)),
        EntriesLeft left => left.Uids.Ranges.Select(r => Left(account, sequence, left.Folder, r, EntryEnd.Expunge)),
        FlagsChanged flagged => flagged.Uids.Ranges.SelectMany(r => Flagged(account, sequence, flagged, r)),
        FolderNamed named =>
        [
            new("RecordFolderEnd", account, sequence, (long)named.Folder.Value),
            new(
                "RecordFolder", account, sequence, (long)named.Folder.Value, (long)named.UidValidity, named.Path, named.SpecialUse, named.StateId),
        ],
        FolderDeleted deleted =>
        [
            new("RecordFolderEnd", account, sequence, (long)deleted.Folder.Value),
            Left(account, sequence, deleted.Folder, new UidRange(1, uint.MaxValue), EntryEnd.FolderDelete),
        ],
        HoldChanged hold => [new(hold.Applied ? "RecordHold" : "RecordHoldEnd", account, sequence, hold.Case)],
        EventUnread unread => [new("RecordUnread", account, sequence, unread.Error)],
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static Question Arrived(Guid account, long sequence, EntryArrived arrived) => new(
        "RecordArrival",
        account, sequence, (long)arrived.Folder.Value, (long)arrived.UidValidity, (long)arrived.Uid, arrived.Email.Value, arrived.Blob.ToArray(),
        arrived.Prefix.IsEmpty ? null : arrived.Prefix.ToArray(), arrived.MessageId, arrived.Size, arrived.InternalDate.ToUnixTimeSeconds(),
        (long)arrived.Origin, arrived.Flags);

    private static IEnumerable<Question> Transferred(Guid account, long sequence, EntriesTransferred transferred, TransferredRun run)
    {
        var origin = transferred.Move ? EntryOrigin.Move : EntryOrigin.Copy;
        yield return new(
            "RecordTransfer",
            account, sequence, (long)transferred.From.Value, (long)run.Old.First, (long)run.Old.Last, (long)transferred.To.Value,
            (long)transferred.UidValidity, (long)run.First - run.Old.First, (long)origin);
        if (transferred.Move) yield return Left(account, sequence, transferred.From, run.Old, EntryEnd.Move);
    }

    private static Question Left(Guid account, long sequence, FolderId folder, UidRange uids, EntryEnd end) =>
        new("RecordLeave", account, sequence, (long)folder.Value, (long)uids.First, (long)uids.Last, (long)end);

    private static IEnumerable<Question> Flagged(Guid account, long sequence, FlagsChanged flagged, UidRange uids)
    {
        yield return new(
            "RecordFlagChange", account, sequence, (long)flagged.Folder.Value, (long)uids.First, (long)uids.Last, flagged.Flags);
        yield return new("RecordFlagsNow", account, (long)flagged.Folder.Value, (long)uids.First, (long)uids.Last, flagged.Flags);
    }
}
