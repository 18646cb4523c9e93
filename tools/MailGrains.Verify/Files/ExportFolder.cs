using System.Globalization;

namespace MailGrains.Verify.Files;

/// <summary>Where things are in an export of format 1 (docs/evidence.md). Links in place of files are not followed: what they
/// lead to is not in the export, and may have no end.</summary>
internal sealed class ExportFolder(string path)
{
    public string Root => path;

    public static string EventsFile(int partition) => string.Create(CultureInfo.InvariantCulture, $"events/{partition}.jsonl");

    public static string StartFile(int partition) => string.Create(CultureInfo.InvariantCulture, $"events/{partition}.start.json");

    public static string CheckpointFolder(int partition) => string.Create(CultureInfo.InvariantCulture, $"checkpoints/{partition}");

    public static string CheckpointFile(int partition, long size) => string.Create(CultureInfo.InvariantCulture, $"checkpoints/{partition}/{size}.txt");

    public static string BodyFile(Digest blob)
    {
        var name = blob.ToString();
        return $"bodies/{name[..2]}/{name}";
    }

    /// <summary>Whether a file is there, and is one.</summary>
    public bool Has(string name) => new FileInfo(Full(name)) is { Exists: true, LinkTarget: null };

    /// <exception cref="IOException">It isn't there, is a link or can't be read.</exception>
    public FileStream Open(string name)
    {
        if (new FileInfo(Full(name)).LinkTarget is not null) throw new IOException("it is a link");
        return new FileStream(Full(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, FileOptions.SequentialScan);
    }

    /// <summary>A small file's octets; null when it is longer than <paramref name="limit"/>.</summary>
    /// <exception cref="IOException">It isn't there, is a link or can't be read.</exception>
    public byte[]? ReadSmall(string name, int limit)
    {
        using var stream = Open(name);
        return ReadSmall(stream, limit);
    }

    public static byte[]? ReadSmall(Stream stream, int limit)
    {
        var octets = new byte[(int)Math.Min(limit, stream.Length) + 1];
        var length = stream.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false);
        return length == octets.Length ? null : octets[..length];
    }

    /// <summary>Names in a folder, files and folders, in no order; none when there is no such folder.</summary>
    public IEnumerable<string> Names(string folder)
    {
        var full = new DirectoryInfo(Full(folder));
        return full.Exists ? full.EnumerateFileSystemInfos().Select(entry => entry.Name) : [];
    }

    /// <summary>Failures of the file system, as opposed to those of the program.</summary>
    public static bool IsUnreadable(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>The number a name stands for when it is written as the format writes it; else null.</summary>
    public static long? Number(ReadOnlySpan<char> name)
    {
        if (name.Length > 1 && name[0] == '0') return null;
        return long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private string Full(string name) => Path.Combine(path, name);
}
