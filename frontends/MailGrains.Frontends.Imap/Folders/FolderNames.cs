using MailGrains.Grains.Contracts.Folders;

namespace MailGrains.Frontends.Imap.Folders;

/// <summary>All names of a mailbox's tree, the missing levels and the subscriptions to nothing among them, sorted.</summary>
internal sealed class FolderNames
{
    public const char Delimiter = '/';

    private readonly SortedDictionary<string, FolderName> _names = new(StringComparer.Ordinal);

    public FolderNames(FolderTree tree)
    {
        foreach (var folder in tree.Folders) Add(folder.Path).Folder = folder;
        foreach (var folder in tree.Folders) AddLevels(folder.Path);
        foreach (var path in tree.Subscriptions)
        {
            Add(path).IsSubscribed = true;
            foreach (var above in Above(path)) Add(above);
        }
    }

    public IEnumerable<FolderName> All => _names.Values;

    /// <summary>The levels above a path, the nearest first.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var end = path.LastIndexOf(Delimiter); end > 0; end = path.LastIndexOf(Delimiter, end - 1)) yield return path[..end];
    }

    public FolderName? Find(string path) => _names.GetValueOrDefault(path);

    private FolderName Add(string path)
    {
        if (_names.TryGetValue(path, out var name)) return name;
        return _names[path] = new FolderName(path);
    }

    private void AddLevels(string path)
    {
        foreach (var above in Above(path))
        {
            var name = Add(above);
            if (name.HasChildren) return;
            name.HasChildren = true;
        }
    }
}
