namespace MailGrains.Cli.Mailstores;

/// <summary>Folder names as names of files: nothing in them leads out of the export's folder.</summary>
internal static class FileNames
{
    public static string Of(string level)
    {
        var safe = string.Concat(level.Select(c => char.IsControl(c) || c is '/' or '\\' or ':' ? '_' : c));
        return safe.Trim('.').Length == 0 ? "_" : safe;
    }
}
