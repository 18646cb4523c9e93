namespace MailGrains.Cli.Mailstores;

/// <summary>Single messages in files, and folders of them; subfolders become folders.</summary>
internal static class EmlSource
{
    public static IEnumerable<SourceItem> ReadFolder(string root, string folder)
    {
        foreach (var directory in DirectoryWalk.Through(root))
        {
            var below = Path.GetRelativePath(root, directory.Path).Replace(Path.DirectorySeparatorChar, '/');
            if (directory.Problem is { } problem) yield return new SourceItem(below, 0, null, problem);
            foreach (var file in directory.Files)
                yield return ReadFile(file.FullName, Path.GetRelativePath(root, file.FullName), below == "." ? folder : $"{folder}/{below}");
        }
    }

    public static SourceItem ReadFile(string path, string source, string folder)
    {
        try
        {
            var octets = File.ReadAllBytes(path);
            if (octets.Length == 0) return new SourceItem(source, 0, null, "the file is empty");
            var wire = LineEnds.ToWire(octets);
            var date = ArrivalDate.Of(wire) ?? File.GetLastWriteTimeUtc(path);
            return new SourceItem(source, octets.Length, new SourceMessage(folder, source, wire, "", date), null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new SourceItem(source, 0, null, unreadable.Message);
        }
    }
}
