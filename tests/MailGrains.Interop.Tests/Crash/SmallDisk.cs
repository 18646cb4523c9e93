using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>A file system of its own, small enough to become full. Only root can mount one.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    public static async Task<SmallDisk> MountAsync(string size)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a file system.");
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("mailgrains-disk-").FullName);
        var mounted = await Programs.RunAsync("mount", "-t", "tmpfs", "-o", $"size={size},mode=700", "tmpfs", disk.Path);
        if (mounted.ExitCode == 0) return disk;
        Directory.Delete(disk.Path);
        Assert.Skip("Nothing can be mounted here: " + mounted.Errors.Trim());
        return disk;
    }

    /// <summary>Takes all space that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var chunk = new byte[64 * 1024];
        for (var size = chunk.Length; size > 0; size /= 2)
        {
            while (TryWrite(file, chunk.AsSpan(0, size)))
            {
            }
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        (await Programs.RunAsync("umount", Path)).Succeeded();
        Directory.Delete(Path);
    }

    private static bool TryWrite(FileStream file, ReadOnlySpan<byte> octets)
    {
        try
        {
            file.Write(octets);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
