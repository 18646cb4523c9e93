using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.History;

/// <summary>
/// The history of objects in what the archive recorded: the index tells which contents an object had, the record what became of each. It is as far behind the
/// log as these two are, and knows nothing of what retention has purged.
/// </summary>
public sealed class RecordedHistory(IGroupwareIndex index, IRecordReader records, IBodyIndex bodyIndex, IBodyReader bodies) : IChangeHistory
{
    public async Task<IReadOnlyList<HistoryEntry>> FindAsync(AccountId account, GroupwareKind? kind, string uid, CancellationToken cancellation)
    {
        if (!GroupwareRow.IsUid(uid)) return [];
        var rows = await index.FindAsync(account, kind, uid, IChangeHistory.MaxEntries, cancellation);
        if (rows.Count == 0) return [];

        var paths = new Dictionary<FolderId, string>();
        foreach (var folder in await records.ReadFolderHistoryAsync(account, cancellation)) paths[folder.Folder] = folder.Path;
        var told = new List<(long Sequence, HistoryEntry Entry)>();
        foreach (var row in rows)
        {
            var entries = await records.FindEntriesAsync(account, MessageKey.Of(row.Email), cancellation);
            var changes = (await records.ReadFlagsAsync([.. entries.Select(e => e.Number)], cancellation)).ToLookup(f => f.Entry);
            foreach (var entry in entries) told.AddRange(RecordedLife.Of(row.Kind, entry, [.. changes[entry.Number]], entries, paths));
        }

        // The sort is stable: of one event, what came is told before what went.
        return [.. told.OrderBy(t => t.Sequence).Select(t => t.Entry).TakeLast(IChangeHistory.MaxEntries)];
    }

    public async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(BlobId blob, CancellationToken cancellation)
    {
        if (await bodies.ReadAsync(bodyIndex, blob, cancellation) is not { } found) return null;
        using var lease = found;
        return lease.Memory.ToArray();
    }
}
