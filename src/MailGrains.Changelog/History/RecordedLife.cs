using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.History;

/// <summary>What happened to one message in one folder, as the record has it.</summary>
internal static class RecordedLife
{
    private const string Deleted = "\\Deleted";

    /// <param name="changes">Of the entry's flags, in order.</param>
    /// <param name="entries">All of the same content: where it was moved from is among them, unless that was purged.</param>
    /// <param name="paths">What folders are called, or were called last.</param>
    public static IEnumerable<(long Sequence, HistoryEntry Entry)> Of(
        GroupwareKind kind,
        RecordedEntry entry,
        IReadOnlyList<RecordedFlags> changes,
        IReadOnlyList<RecordedEntry> entries,
        IReadOnlyDictionary<FolderId, string> paths)
    {
        HistoryEntry Tell(HistoryOperation operation, RecordedAct act) => new()
        {
            Operation = operation,
            Kind = kind,
            At = act.At,
            Actor = act.Actor,
            Folder = PathOf(entry.Folder, paths),
            Uid = entry.Uid,
            Blob = entry.Blob,
        };

        var cameFrom = entry.Origin == EntryOrigin.Move ? entries.FirstOrDefault(e => e.Number == entry.Source) : null;
        var coming = entry.Origin == EntryOrigin.Move ? HistoryOperation.Move : HistoryOperation.Append;
        yield return (
            entry.Since.Sequence,
            Tell(coming, entry.Since) with { OldFolder = cameFrom is null ? null : PathOf(cameFrom.Folder, paths) });
        if (Leaving(entry, changes) is { } left) yield return (left.Sequence, Tell(HistoryOperation.Delete, left));
    }

    /// <summary>
    /// With which event it went; null: it is there, or the folder it was moved to tells it. Marked as deleted it is gone for its user, so the mark it has now,
    /// or had at the end, counts; one that was taken off doesn't.
    /// </summary>
    private static RecordedAct? Leaving(RecordedEntry entry, IReadOnlyList<RecordedFlags> changes)
    {
        if (entry.End == EntryEnd.Move) return null;
        var marked = IsDeleted(entry.FirstFlags) ? entry.Since : null;
        foreach (var change in changes) marked = IsDeleted(change.Flags) ? marked ?? change.Act : null;
        return marked ?? entry.Until;
    }

    private static bool IsDeleted(string flags) => flags.Split(' ').Contains(Deleted, StringComparer.OrdinalIgnoreCase);

    /// <summary>The record has every folder; an INBOX is there before all others.</summary>
    private static string PathOf(FolderId folder, IReadOnlyDictionary<FolderId, string> paths) => paths.GetValueOrDefault(folder, "INBOX");
}
