namespace MailGrains.Cli.Mailstores;

/// <summary>Reads messages from a path of any kind: an mbox file, a Maildir with its subfolders, an .eml file or a folder of them.</summary>
internal static class MailSource
{
    /// <summary>All messages, one after the other; what can't be read is told and passed over.</summary>
    public static IEnumerable<SourceItem> Read(string path, string folder)
    {
        if (Directory.Exists(path)) return MaildirSource.IsMaildir(path) ? MaildirSource.Read(path, folder) : EmlSource.ReadFolder(path, folder);
        if (!File.Exists(path)) throw new CommandFailedException(ExitCode.Usage, $"There is nothing at {path}.");
        return MboxSource.IsMbox(path) ? MboxSource.Read(path, folder) : [EmlSource.ReadFile(path, Path.GetFileName(path), folder)];
    }

    /// <summary>Octets on disk, for the progress bar.</summary>
    public static long Size(string path)
    {
        if (!Directory.Exists(path)) return File.Exists(path) ? new FileInfo(path).Length : 0;
        return DirectoryWalk.Through(path).Sum(directory => directory.Files.Sum(file => file.Exists ? file.Length : 0));
    }
}
