using System.Globalization;
using MailGrains.Storage.Events;
using MailGrains.Storage.Files;

namespace MailGrains.Subscribers.JsonLines;

/// <summary>The files of one partition: the one being written, and those before it, whose names say the last position in them.</summary>
internal sealed class PartitionFiles(JsonLinesOptions options, int partition)
{
    private const string Extension = ".jsonl";

    private readonly string _prefix = partition.ToString(CultureInfo.InvariantCulture) + ".";

    /// <summary>The last position in rotated files; null: there are none.</summary>
    public long? LastRotated => Rotated() is [.., var (position, _)] ? position : null;

    private string Current => Path.Combine(options.Path, _prefix[..^1] + Extension);

    /// <summary>Opens the file being written, for this caller alone.</summary>
    /// <exception cref="IOException">Somebody else has it open.</exception>
    public JsonLinesFile Open()
    {
        PrivateFiles.CreateFolder(options.Path);
        return JsonLinesFile.Open(Current);
    }

    /// <summary>Gives the file its final name, and removes the oldest. Readers that have it open go on reading.</summary>
    public void Rotate(JsonLinesFile file)
    {
        if (file.LastPosition is not { } last) return;
        File.Move(Current, Path.Combine(options.Path, string.Create(CultureInfo.InvariantCulture, $"{_prefix}{last:D19}{Extension}")));
        DiskSync.FlushDirectory(options.Path);
        foreach (var (_, path) in Rotated().SkipLast(options.KeepFiles)) File.Delete(path);
    }

    /// <summary>Whether a rotated file has a line with this position; reads them all.</summary>
    public bool Contains(long position) => Rotated().Any(r =>
    {
        using var stream = File.OpenRead(r.Path);
        return JsonLinesFile.Contains(stream, partition, position);
    });

    /// <summary><see cref="LineSearch.Agree"/> of the rotated files.</summary>
    public bool Agree(IReadOnlyList<EventRecord> events) => Rotated().Where(r => r.Position >= events[0].Position).All(r =>
    {
        using var stream = File.OpenRead(r.Path);
        return LineSearch.Agree(stream, events);
    });

    private List<(long Position, string Path)> Rotated() =>
    [
        .. Directory.EnumerateFiles(options.Path, _prefix + "*" + Extension)
            .Select(path => (Number(Path.GetFileName(path)), path))
            .Where(file => file.Item1 is not null)
            .Select(file => (file.Item1!.Value, file.path))
            .Order(),
    ];

    /// <summary>Between the partition and the extension.</summary>
    private long? Number(string name) =>
        name.Length > _prefix.Length + Extension.Length
        && long.TryParse(name[_prefix.Length..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : null;
}
