namespace MailGrains.Cli.Mailstores;

/// <summary>Single messages in files, and folders of them; subfolders become folders.</summary>
internal static class EmlSource
{
    public static IEnumerable<SourceItem> ReadFolder(string root, string folder)
    {
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(root, path);
            var below = Path.GetDirectoryName(relative)!.Replace(Path.DirectorySeparatorChar, '/');
            yield return ReadFile(path, relative, below.Length == 0 ? folder : $"{folder}/{below}");
        }
    }

    public static SourceItem ReadFile(string path, string source, string folder)
    {
        try
        {
            var octets = File.ReadAllBytes(path);
            return octets.Length == 0
                ? new SourceItem(source, 0, null, "the file is empty")
                : new SourceItem(source, octets.Length, new SourceMessage(folder, source, LineEnds.ToWire(octets), "", null), null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new SourceItem(source, 0, null, unreadable.Message);
        }
    }
}
