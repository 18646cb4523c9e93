namespace MailGrains.Cli.Mailstores;

/// <summary>Maildir, with subfolders as Maildir++ has them (<c>.Lists.dotnet</c>) or as plain directories.</summary>
internal static class MaildirSource
{
    private static readonly Dictionary<char, string> FlagNames = new()
    {
        ['S'] = @"\Seen",
        ['R'] = @"\Answered",
        ['F'] = @"\Flagged",
        ['T'] = @"\Deleted",
        ['D'] = @"\Draft",
    };

    public static bool IsMaildir(string path) => Directory.Exists(Path.Combine(path, "cur")) || Directory.Exists(Path.Combine(path, "new"));

    public static IEnumerable<SourceItem> Read(string root, string folder)
    {
        foreach (var item in ReadOne(root, "", folder)) yield return item;
        foreach (var below in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!IsMaildir(below)) continue;
            var relative = Path.GetRelativePath(root, below).Replace(Path.DirectorySeparatorChar, '/');
            var name = relative.StartsWith('.') ? string.Join('/', relative[1..].Split('.').Select(level => FileNames.Read(level, reserved: '.'))) : relative;
            foreach (var item in ReadOne(below, relative + "/", name)) yield return item;
        }
    }

    private static IEnumerable<SourceItem> ReadOne(string maildir, string prefix, string folder)
    {
        foreach (var part in (string[])["cur", "new"])
        {
            var directory = Path.Combine(maildir, part);
            if (!Directory.Exists(directory)) continue;
            foreach (var path in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
            {
                // The unique part of the name stays the same when flags change.
                var file = Path.GetFileName(path);
                var item = EmlSource.ReadFile(path, prefix + file.Split(':')[0], folder);
                yield return item.Message is null
                    ? item
                    : item with { Message = item.Message with { Flags = Flags(file), Date = new DateTimeOffset(File.GetLastWriteTimeUtc(path)) } };
            }
        }
    }

    private static string Flags(string file)
    {
        var info = file.IndexOf(":2,", StringComparison.Ordinal);
        return info < 0 ? "" : string.Join(' ', file[(info + 3)..].Where(FlagNames.ContainsKey).Select(c => FlagNames[c]));
    }
}
