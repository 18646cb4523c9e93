using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Compliance.Search;

/// <summary>What the folders of a mailbox were called, and when.</summary>
public sealed class FolderNames(IReadOnlyList<RecordedFolder> history)
{
    private readonly ILookup<FolderId, RecordedFolder> _names = history.ToLookup(f => f.Folder);

    /// <summary>The name of an entry's folder when the message was last in it, at a sequence or before.</summary>
    public string Of(RecordedEntry entry, long sequence)
    {
        var last = entry.Until is { } until && until.Sequence <= sequence ? until.Sequence - 1 : sequence;
        var names = _names[entry.Folder];
        return (names.LastOrDefault(f => f.Since.Sequence <= last) ?? names.FirstOrDefault())?.Path ?? "";
    }
}
