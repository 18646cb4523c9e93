using System.Globalization;
using MailGrains.Storage.Files;
using MailGrains.Subscribers.Snapshots;

namespace MailGrains.Subscribers.JsonLines;

/// <summary>
/// The picture of a partition's mailboxes, <c>&lt;partition&gt;.snapshot.jsonl</c>: a <see cref="SnapshotLine"/> for each part. It has its name when it is
/// whole and on the disk.
/// <para>
/// Should two nodes make it at the same time, as when one hung in the middle and another took over, the one that began last remains: it takes away what the
/// other has not finished, which then can't be given the name any more, and it reads everything after that. So no picture is followed by an older one.
/// </para>
/// </summary>
internal static class SnapshotFile
{
    private const string Unfinished = ".part";
    private static readonly byte[] LineEnd = [(byte)'\n'];

    /// <exception cref="IOException">It can't be written, or another node has begun a later one.</exception>
    public static async Task WriteAsync(
        string folder, int partition, IAsyncEnumerable<SnapshotRecord> records, IReadOnlySet<string>? types, CancellationToken cancellation)
    {
        PrivateFiles.CreateFolder(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"{partition}.snapshot.jsonl");
        var unfinished = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}{Unfinished}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            await using (var file = new FileStream(unfinished, options.Private()))
            {
                // Behind the making of its own, so that of two who begin at once one at least has the other's.
                foreach (var other in Directory.EnumerateFiles(folder, $"{name}.*{Unfinished}"))
                    if (other != unfinished) File.Delete(other);
                await foreach (var record in records.WithCancellation(cancellation))
                {
                    if (types?.Contains(record.Type) == false) continue;
                    await file.WriteAsync(SnapshotLine.Of(partition, record), cancellation);
                    await file.WriteAsync(LineEnd, cancellation);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
            DiskSync.FlushDirectory(folder);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
