using MailGrains.Changelog.Differences;
using MailGrains.Changelog.Objects;
using MailGrains.Changelog.Properties;

namespace MailGrains.Changelog.History;

/// <summary>
/// Answers questions about the history of groupware objects. Everywhere null means: there is no such object or revision, or its message is not kept any more.
/// Who may ask is for the caller to say.
/// </summary>
public sealed class ObjectChangelog(IChangeHistory history)
{
    /// <summary>How the object came into being.</summary>
    public async Task<HistoryEntry?> FindCreatedAsync(ObjectName name, CancellationToken cancellation) =>
        (await ListAsync(name, cancellation)).Find(e => e.Operation == HistoryOperation.Append);

    /// <summary>The last change of its content.</summary>
    public async Task<HistoryEntry?> FindLastModifiedAsync(ObjectName name, CancellationToken cancellation) =>
        (await ListAsync(name, cancellation)).FindLast(e => e.Operation == HistoryOperation.Append);

    /// <summary>All changes, the oldest first. A message that goes when a newer one of its object has come was replaced, and is no change of its own.</summary>
    public async Task<IReadOnlyList<HistoryEntry>?> ListChangesAsync(ObjectName name, CancellationToken cancellation) =>
        await ListAsync(name, cancellation) is { Count: > 0 } changes ? changes : null;

    /// <summary>The message as it was received.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadMessageAsync(ObjectName name, long revision, CancellationToken cancellation) =>
        await FindAsync(name, revision, cancellation) is { } entry ? await history.ReadBodyAsync(entry.Blob, cancellation) : null;

    /// <summary>The object as it was, and where.</summary>
    public async Task<(HistoryEntry Entry, GroupwareObject Object)?> ReadObjectAsync(ObjectName name, long revision, CancellationToken cancellation)
    {
        if (await FindAsync(name, revision, cancellation) is not { } entry) return null;
        if (await history.ReadBodyAsync(entry.Blob, cancellation) is not { } message) return null;
        return GroupwareObject.Recognise(message) is { } found ? (entry, found) : null;
    }

    /// <summary>The differences between two revisions.</summary>
    /// <param name="instance">Of an event that recurs, the time of one occurrence; null: the whole event.</param>
    public async Task<IReadOnlyList<PropertyChange>?> CompareAsync(
        ObjectName name, long older, long newer, string? instance, CancellationToken cancellation)
    {
        if (await ReadObjectAsync(name, older, cancellation) is not { } before) return null;
        if (await ReadObjectAsync(name, newer, cancellation) is not { } after) return null;
        return ObjectProperties.Read(before.Object.Payload, instance) is { } old && ObjectProperties.Read(after.Object.Payload, instance) is { } @new
            ? ObjectDiff.Compare(old, @new)
            : null;
    }

    /// <summary>
    /// Of two changes in the same tenth of a second the later one has the number, but one that brought a content goes before one that brought none.
    /// </summary>
    private async Task<HistoryEntry?> FindAsync(ObjectName name, long revision, CancellationToken cancellation)
    {
        var changes = (await ListAsync(name, cancellation)).FindAll(e => e.Revision == revision);
        return changes.FindLast(e => e.Operation == HistoryOperation.Append) ?? changes.LastOrDefault();
    }

    private async Task<List<HistoryEntry>> ListAsync(ObjectName name, CancellationToken cancellation)
    {
        foreach (var kind in name.Kinds)
        {
            var entries = await history.FindAsync(name.Account, kind, name.Uid, cancellation);
            if (name.Folder is { } folder) entries = VisibleHistory.In(folder, entries);
            if (entries.Count > 0) return VisibleHistory.Of(entries);
        }

        return [];
    }
}
