using System.Globalization;

namespace MailGrains.Storage.Packs.Files;

/// <summary>
/// A folder of packs on a disk that several processes share. Each appends only to packs of its own lane – those whose number leaves the lane as
/// remainder – and holds the lane's lock file for as long as it lives; all read every pack. A process that hangs keeps its lane; should a file
/// system take the lock from a live one, two writers of a lane still never meet in a pack, for a pack is only written, and cut, by who made it.
/// </summary>
public sealed class SharedPackFolder : IPackFiles, IDisposable
{
    /// <summary>Processes that may write at the same time. Part of the meaning of pack numbers only while they run.</summary>
    public const int Lanes = 256;

    private readonly string _folder;
    private readonly DiskPackFiles _files;
    private readonly FileStream _lock;

    private SharedPackFolder(string folder, DiskPackFiles files, int lane, FileStream laneLock)
    {
        (_folder, _files, Lane, _lock) = (folder, files, lane, laneLock);
    }

    public int Lane { get; }

    /// <summary>Opens the folder and takes the first lane that is free.</summary>
    /// <exception cref="IOException">The folder can't be used, or every lane is taken.</exception>
    public static SharedPackFolder Open(string folder)
    {
        var files = new DiskPackFiles(folder);
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (TryLock(folder, lane) is { } taken) return new SharedPackFolder(folder, files, lane, taken);
        }

        throw new IOException($"All {Lanes} lanes of {folder} are taken: that many processes write to it already.");
    }

    /// <summary>Packs of this process's lane: those it may scrub and goes on from.</summary>
    public IReadOnlyList<int> List() => [.. _files.List().Where(pack => pack % Lanes == Lane)];

    /// <summary>Packs of all other lanes, ascending in each.</summary>
    public IEnumerable<IGrouping<int, int>> ListOthers() => _files.List().Where(pack => pack % Lanes != Lane).GroupBy(pack => pack % Lanes);

    /// <summary>Keeps a lane whose process is gone from being taken, until disposed; null: it is in use.</summary>
    public IDisposable? TryHold(int lane) => TryLock(_folder, lane);

    public IPackFile Create(int pack, long length) => _files.Create(pack, length);

    public IPackFile Open(int pack) => _files.Open(pack);

    public void Delete(int pack) => _files.Delete(pack);

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(string folder, int lane)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"lane-{lane:D3}.lock"));
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
