using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Payloads;

/// <summary>Events into what they change in the record of their mailbox.</summary>
internal static class EventChanges
{
    /// <summary>null: the event changes nothing that is recorded. One that can't be read becomes an <see cref="EventUnread"/>.</summary>
    public static RecordedEvent? Of(EventRecord record)
    {
        var happened = record.Event;
        if (!Concerns(happened.Type)) return null;
        try
        {
            var payload = PayloadReader.Read(happened.Payload.Span);
            return new RecordedEvent(record.Account, happened.Sequence, happened.At, happened.Type, payload.Actor, [.. Changes(happened.Type, payload)]);
        }
        catch (FormatException unreadable)
        {
            return new RecordedEvent(record.Account, happened.Sequence, happened.At, happened.Type, null, [new EventUnread(unreadable.Message)]);
        }
    }

    private static bool Concerns(string type) => type is
        "MessageNew" or "MessageAppend" or "MessageCopy" or "MessageMove" or "MessageExpunge" or
        "MessageRead" or "MessageTrash" or "FlagsSet" or "FlagsClear" or
        "MailboxCreate" or "MailboxRename" or "MailboxDelete" or "HoldApplied" or "HoldReleased";

    private static IEnumerable<RecordChange> Changes(string type, EventPayload payload) => type switch
    {
        "MessageNew" => payload.Messages.Select(m => Arrived(EntryOrigin.New, Folder(payload), m)),
        "MessageAppend" => payload.Messages.Select(m => Arrived(EntryOrigin.Append, Folder(payload), m)),
        "MessageCopy" or "MessageMove" => payload.Messages.Select(m => Transferred(type == "MessageMove", payload, m)),
        "MessageExpunge" => payload.Messages.Select(m => new EntriesLeft(Folder(payload).Id, m.Uids ?? throw Absent("uids"))),
        "MailboxCreate" or "MailboxRename" => [Named(Folder(payload))],
        "MailboxDelete" => [new FolderDeleted(Folder(payload).Id)],
        "HoldApplied" or "HoldReleased" => [new HoldChanged(payload.Case ?? throw Absent("case"), type == "HoldApplied")],
        _ => payload.Messages.Select(
            m => new FlagsChanged(Folder(payload).Id, m.Uids ?? throw Absent("uids"), m.FlagsAfter ?? throw Absent("flagsAfter"))),
    };

    private static EntryArrived Arrived(EntryOrigin origin, PayloadFolder folder, PayloadMessage message) => new(
        origin,
        folder.Id,
        folder.UidValidity,
        message.Uid ?? throw Absent("uid"),
        new EmailId(message.Email ?? throw Absent("emailId")),
        message.Blob ?? throw Absent("blobId"),
        message.Prefix,
        message.MessageId,
        message.Size,
        message.InternalDate,
        message.FlagsAfter ?? "");

    private static FolderNamed Named(PayloadFolder folder) => new(folder.Id, folder.UidValidity, folder.Path, folder.SpecialUse, folder.StateId);

    private static EntriesTransferred Transferred(bool move, EventPayload payload, PayloadMessage message)
    {
        var folder = Folder(payload);
        var runs = Runs(message.OldUids ?? throw Absent("oldUids"), message.Uids ?? throw Absent("uids"));
        return new EntriesTransferred(payload.OldFolder ?? throw Absent("oldId"), folder.Id, folder.UidValidity, runs, move);
    }

    /// <summary>The first UID of one set belongs to the first of the other, and so on: cut where either has a gap.</summary>
    private static List<TransferredRun> Runs(UidSet old, UidSet now)
    {
        if (old.Count != now.Count) throw new FormatException("The two sets of UIDs are not of one size.");
        var runs = new List<TransferredRun>();
        var (to, passed) = (0, 0u);
        foreach (var range in old.Ranges)
        {
            for (var first = (ulong)range.First; first <= range.Last;)
            {
                var target = now.Ranges[to];
                var length = Math.Min(range.Last - first + 1, (ulong)target.Last - target.First - passed + 1);
                runs.Add(new TransferredRun(new UidRange((uint)first, (uint)(first + length - 1)), target.First + passed));
                first += length;
                passed += (uint)length;
                if (target.First + (ulong)passed <= target.Last) continue;
                (to, passed) = (to + 1, 0);
            }
        }

        return runs;
    }

    private static PayloadFolder Folder(EventPayload payload) => payload.Folder ?? throw Absent("mailbox");

    private static FormatException Absent(string member) => new($"The payload has no {member}.");
}
