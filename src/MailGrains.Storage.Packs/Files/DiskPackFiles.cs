using System.Globalization;
using MailGrains.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace MailGrains.Storage.Packs.Files;

/// <summary>Packs in a directory of a local file system, named <c>0000000001.pack</c>.</summary>
public sealed class DiskPackFiles : IPackFiles
{
    private const string Extension = ".pack";
    private readonly string _directory;
    private readonly FileAccess _access;

    /// <summary>To read and write; the directory is made when it isn't there.</summary>
    public DiskPackFiles(string directory)
        : this(directory, FileAccess.ReadWrite)
    {
        Directory.CreateDirectory(_directory);
        if (Path.GetDirectoryName(_directory) is { } parent) DiskSync.FlushDirectory(parent);
    }

    private DiskPackFiles(string directory, FileAccess access) => (_directory, _access) = (Path.GetFullPath(directory), access);

    /// <summary>To read only: nothing is made, and no right to write is needed.</summary>
    public static DiskPackFiles ToRead(string directory) => new(directory, FileAccess.Read);

    public IReadOnlyList<int> List()
    {
        var packs = new List<int>();
        foreach (var path in Directory.EnumerateFiles(_directory, "*" + Extension))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pack)) packs.Add(pack);
        }

        packs.Sort();
        return packs;
    }

    public IPackFile Create(int pack, long length)
    {
        var path = PathOf(pack);
        var handle = OpenHandle(path, FileMode.CreateNew, length);
        try
        {
            // Preallocation reserves the blocks but not the length; with both, an append changes no metadata but the extents' state.
            RandomAccess.SetLength(handle, length);
            DiskSync.FlushDirectory(_directory);
            return new DiskPackFile(handle);
        }
        catch
        {
            handle.Dispose();
            File.Delete(path);
            throw;
        }
    }

    public IPackFile Open(int pack) => new DiskPackFile(OpenHandle(PathOf(pack), FileMode.Open, 0));

    public void Delete(int pack) => File.Delete(PathOf(pack));

    private SafeFileHandle OpenHandle(string path, FileMode mode, long preallocate)
    {
        try
        {
            const FileShare Share = FileShare.ReadWrite | FileShare.Delete;
            return File.OpenHandle(path, mode, _access, Share, FileOptions.None, preallocate);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    private string PathOf(int pack) => Path.Combine(_directory, pack.ToString("D10", CultureInfo.InvariantCulture) + Extension);
}
