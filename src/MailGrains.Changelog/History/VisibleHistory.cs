namespace MailGrains.Changelog.History;

/// <summary>The history of an object as its user sees it.</summary>
internal static class VisibleHistory
{
    /// <summary>
    /// Leaves out what is no act of its own:
    /// <list type="bullet">
    /// <item>A message that goes while a newer one of the same object is in the folder was replaced. The newer one is the one with the higher UID.</item>
    /// <item>A message that goes twice (marked as deleted, then expunged) goes the first time.</item>
    /// </list>
    /// </summary>
    public static List<HistoryEntry> Of(IEnumerable<HistoryEntry> entries)
    {
        var visible = new List<HistoryEntry>();
        var newest = new Dictionary<string, uint>(StringComparer.Ordinal);
        var gone = new HashSet<(string Folder, uint Uid)>();
        foreach (var entry in entries)
        {
            if (entry.Operation != HistoryOperation.Delete)
            {
                // A folder that is made anew begins with UID 1 again.
                gone.Remove((entry.Folder, entry.Uid));
                newest[entry.Folder] = entry.Uid;
                visible.Add(entry);
                continue;
            }

            if (gone.Add((entry.Folder, entry.Uid)) && !(newest.TryGetValue(entry.Folder, out var uid) && uid > entry.Uid)) visible.Add(entry);
        }

        return visible;
    }

    /// <summary>What happened to the object that is, or was, in a folder: there, and before in the folders from which it was moved there.</summary>
    public static List<HistoryEntry> In(string folder, IReadOnlyList<HistoryEntry> entries)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal) { folder };
        var found = new List<HistoryEntry>();
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            var entry = entries[i];
            if (folders.Contains(entry.Folder))
            {
                found.Add(entry);
                if (entry is { Operation: HistoryOperation.Move, OldFolder: { } origin }) folders.Add(origin);
            }
            else if (entry.OldFolder == folder)
            {
                found.Add(entry);
            }
        }

        found.Reverse();
        return found;
    }
}
