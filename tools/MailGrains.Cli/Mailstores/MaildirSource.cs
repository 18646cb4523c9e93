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
        foreach (var directory in DirectoryWalk.Through(root))
        {
            var relative = Path.GetRelativePath(root, directory.Path).Replace(Path.DirectorySeparatorChar, '/');
            if (directory.Problem is { } problem) yield return new SourceItem(relative, 0, null, problem);
            var (maildir, part) = relative.LastIndexOf('/') is var cut and >= 0 ? (relative[..cut], relative[(cut + 1)..]) : ("", relative);
            if (part is not ("cur" or "new")) continue;
            foreach (var file in directory.Files)
                yield return ReadOne(file.FullName, maildir.Length == 0 ? "" : maildir + "/", maildir.Length == 0 ? folder : FolderOf(maildir));
        }
    }

    private static string FolderOf(string maildir) => maildir.StartsWith('.')
        ? string.Join('/', maildir[1..].Split('.').Select(level => FileNames.Read(level, reserved: '.')))
        : maildir;

    private static SourceItem ReadOne(string path, string prefix, string folder)
    {
        // The unique part of the name stays the same when flags change.
        var file = Path.GetFileName(path);
        var item = EmlSource.ReadFile(path, prefix + file.Split(':')[0], folder);
        return item.Message is null
            ? item
            : item with { Message = item.Message with { Flags = Flags(file), Date = File.GetLastWriteTimeUtc(path) } };
    }

    private static string Flags(string file)
    {
        var info = file.IndexOf(":2,", StringComparison.Ordinal);
        return info < 0 ? "" : string.Join(' ', file[(info + 3)..].Where(FlagNames.ContainsKey).Select(c => FlagNames[c]));
    }
}
