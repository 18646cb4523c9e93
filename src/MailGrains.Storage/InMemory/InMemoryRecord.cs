using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Storage.InMemory;

/// <summary>The record of one mailbox.</summary>
internal sealed class InMemoryRecord(AccountId account, Func<long> nextEntry)
{
    private DateTimeOffset _at = DateTimeOffset.MinValue;

    public AccountId Account => account;

    public List<RecordedAct> Acts { get; } = [];

    public List<RecordedFolder> Folders { get; } = [];

    public List<RecordedEntry> Entries { get; } = [];

    public List<RecordedFlags> Flags { get; } = [];

    public List<RecordedHold> Holds { get; } = [];

    public List<UnreadEvent> Unread { get; } = [];

    /// <summary>By the numbers of entries.</summary>
    public Dictionary<long, MessageClasses> Classes { get; } = [];

    /// <summary>Nothing may be purged.</summary>
    public bool IsKept => Unread.Count > 0 || Holds.Exists(h => h.Until is null);

    public void Apply(RecordedEvent happened)
    {
        var at = InMemoryRecordStore.ToMicrosecond(happened.At);
        _at = at > _at ? at : _at;
        var act = new RecordedAct(happened.Sequence, _at, happened.Type, happened.Actor);
        Acts.Add(act);
        foreach (var change in happened.Changes) Apply(act, change);
    }

    public string FlagsAt(RecordedEntry entry, long sequence) =>
        Flags.LastOrDefault(f => f.Entry == entry.Number && f.Act.Sequence <= sequence)?.Flags ?? entry.FirstFlags;

    public LeftEntry Left(RecordedEntry entry)
    {
        var path = Folders.Last(f => f.Folder == entry.Folder && f.Since.Sequence <= entry.Until!.Sequence).Path;
        MessageClasses? classes = Classes.TryGetValue(entry.Number, out var found) ? found : null;
        return new LeftEntry(entry.Number, account, entry.Blob, path, entry.Arrived, entry.Until!.At, entry.Size, entry.Flags, classes);
    }

    public List<PurgedEntry> Purge(HashSet<long> asked)
    {
        var purged = Entries.FindAll(e => e.Until is not null && asked.Contains(e.Number));
        Entries.RemoveAll(purged.Contains);
        Flags.RemoveAll(f => purged.Exists(e => e.Number == f.Entry));
        return purged.ConvertAll(e => new PurgedEntry(e.Number, account, e.Email, e.Blob, e.Size, e.Until!.At));
    }

    private void Apply(RecordedAct act, RecordChange change)
    {
        switch (change)
        {
            case EntryArrived arrived: Arrive(act, arrived); break;
            case EntriesTransferred transferred: Transfer(act, transferred); break;
            case EntriesLeft left: Leave(act, left.Folder, left.Uids.Contains, EntryEnd.Expunge); break;
            case FlagsChanged flagged: Flag(act, flagged); break;
            case FolderNamed named: Name(act, named); break;
            case FolderDeleted deleted:
                EndFolder(act, deleted.Folder);
                Leave(act, deleted.Folder, _ => true, EntryEnd.FolderDelete);
                break;
            case HoldChanged hold: Hold(act, hold); break;
            case EventUnread unread: Unread.Add(new UnreadEvent(account, act, unread.Error)); break;
            default: throw new ArgumentOutOfRangeException(nameof(change));
        }
    }

    private void Arrive(RecordedAct act, EntryArrived arrived) => Entries.Add(new RecordedEntry
    {
        Number = nextEntry(),
        Account = account,
        Folder = arrived.Folder,
        UidValidity = arrived.UidValidity,
        Uid = arrived.Uid,
        Email = arrived.Email,
        Blob = arrived.Blob,
        Prefix = arrived.Prefix,
        MessageId = arrived.MessageId,
        Size = arrived.Size,
        InternalDate = arrived.InternalDate,
        Arrived = act.At,
        Origin = arrived.Origin,
        Since = act,
        FirstFlags = arrived.Flags,
        Flags = arrived.Flags,
    });

    private void Transfer(RecordedAct act, EntriesTransferred transferred)
    {
        var origin = transferred.Move ? EntryOrigin.Move : EntryOrigin.Copy;
        foreach (var (old, first) in transferred.Runs)
        {
            var sources = Entries.FindAll(e => e.Folder == transferred.From && e.Until is null && e.Uid >= old.First && e.Uid <= old.Last);
            Entries.AddRange(sources.OrderBy(e => e.Uid).Select(source => source with
            {
                Number = nextEntry(),
                Folder = transferred.To,
                UidValidity = transferred.UidValidity,
                Uid = source.Uid - old.First + first,
                Origin = origin,
                Source = source.Number,
                Since = act,
                FirstFlags = source.Flags,
            }));
            if (transferred.Move) Leave(act, transferred.From, uid => uid >= old.First && uid <= old.Last, EntryEnd.Move);
        }
    }

    private void Leave(RecordedAct act, FolderId folder, Func<uint, bool> named, EntryEnd end) => Change(
        e => e.Folder == folder && e.Until is null && named(e.Uid), e => e with { Until = act, End = end });

    private void Flag(RecordedAct act, FlagsChanged flagged) => Change(
        e => e.Folder == flagged.Folder && e.Until is null && flagged.Uids.Contains(e.Uid),
        e =>
        {
            Flags.Add(new RecordedFlags(e.Number, act, flagged.Flags));
            return e with { Flags = flagged.Flags };
        });

    private void Name(RecordedAct act, FolderNamed named)
    {
        EndFolder(act, named.Folder);
        Folders.Add(new RecordedFolder(named.Folder, named.UidValidity, named.Path, named.SpecialUse, named.StateId, act, null));
    }

    private void EndFolder(RecordedAct act, FolderId folder)
    {
        for (var i = 0; i < Folders.Count; i++)
            if (Folders[i].Folder == folder && Folders[i].Until is null) Folders[i] = Folders[i] with { Until = act };
    }

    private void Hold(RecordedAct act, HoldChanged hold)
    {
        var standing = Holds.FindIndex(h => h.Case == hold.Case && h.Until is null);
        if (hold.Applied && standing < 0) Holds.Add(new RecordedHold(hold.Case, act.Sequence, null));
        else if (!hold.Applied && standing >= 0) Holds[standing] = Holds[standing] with { Until = act.Sequence };
    }

    private void Change(Func<RecordedEntry, bool> concerned, Func<RecordedEntry, RecordedEntry> change)
    {
        for (var i = 0; i < Entries.Count; i++)
            if (concerned(Entries[i])) Entries[i] = change(Entries[i]);
    }
}
