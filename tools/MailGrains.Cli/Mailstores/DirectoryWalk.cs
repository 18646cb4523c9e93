namespace MailGrains.Cli.Mailstores;

/// <summary>
/// Goes through a directory and all below it, by name. One that can't be listed is told, and the walk goes on; links are followed, but not back up.
/// </summary>
internal static class DirectoryWalk
{
    /// <summary>Every directory before those in it; each is listed only when the walk comes to it.</summary>
    public static IEnumerable<ListedDirectory> Through(string root)
    {
        var open = new Stack<(string Path, string Real)>();
        open.Push((root, Real(root, Path.GetFullPath(root))));
        while (open.TryPop(out var next))
        {
            var (listed, below) = List(next.Path);
            yield return listed;
            for (var i = below.Count - 1; i >= 0; i--)
            {
                var real = Real(below[i], Path.Combine(next.Real, Path.GetFileName(below[i])));
                if (!IsAtOrBelow(next.Real, real)) open.Push((below[i], real));
            }
        }
    }

    private static (ListedDirectory Listed, List<string> Below) List(string path)
    {
        try
        {
            var entries = new DirectoryInfo(path).GetFileSystemInfos();
            Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            var below = entries.OfType<DirectoryInfo>().Select(directory => Path.Combine(path, directory.Name));
            return (new ListedDirectory(path, [.. entries.OfType<FileInfo>()], null), [.. below]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (new ListedDirectory(path, [], unreadable.Message), []);
        }
    }

    /// <summary>Where a link leads; the path itself of what is none, or can't be looked at.</summary>
    private static string Real(string path, string otherwise)
    {
        try
        {
            return Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? otherwise;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }

    private static bool IsAtOrBelow(string path, string above) =>
        path == above || path.StartsWith(Path.EndsInDirectorySeparator(above) ? above : above + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
