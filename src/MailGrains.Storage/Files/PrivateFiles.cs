namespace MailGrains.Storage.Files;

/// <summary>
/// Folders and files for the server's own user alone: mail, and who wrote to whom, is nobody else's business. On Windows they are as private as the
/// folder they are in.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A folder that is there already keeps the mode its owner gave it.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else if (!Directory.Exists(path)) Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>A file that is made with these options is private.</summary>
    public static FileStreamOptions Private(this FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
