using System.Runtime.InteropServices;
using System.Text;

namespace MailGrains.Subscribers.JsonLines;

/// <summary>Makes the names in a folder as durable as the files' contents. .NET opens no folders.</summary>
internal static class DurableFolder
{
    /// <exception cref="IOException">They may be lost in a power cut.</exception>
    public static void Flush(string path)
    {
        // Windows keeps names in its journal.
        if (OperatingSystem.IsWindows()) return;
        var folder = Open(Encoding.UTF8.GetBytes(path + "\0"), 0);
        if (folder < 0) throw Failure(path);
        try
        {
            if (FSync(folder) != 0) throw Failure(path);
        }
        finally
        {
            _ = Close(folder);
        }
    }

    private static IOException Failure(string path) => new($"The folder {path} can't be flushed: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
