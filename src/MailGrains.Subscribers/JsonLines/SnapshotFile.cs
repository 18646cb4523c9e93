using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MailGrains.Storage.Files;
using MailGrains.Subscribers.Snapshots;

namespace MailGrains.Subscribers.JsonLines;

/// <summary>
/// The picture of a partition's mailboxes, <c>&lt;partition&gt;.snapshot.jsonl</c>; a line is
/// <c>{"partition":3,"sequence":812,"hash":"…","snapshot":{…}}</c>. It has its name when it is whole and on the disk.
/// </summary>
internal static class SnapshotFile
{
    public static async Task WriteAsync(
        string folder, int partition, IAsyncEnumerable<SnapshotRecord> records, IReadOnlySet<string>? types, CancellationToken cancellation)
    {
        PrivateFiles.CreateFolder(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{partition}.snapshot.jsonl"));
        var unfinished = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        await using (var file = new FileStream(unfinished, options.Private()))
        {
            await foreach (var record in records.WithCancellation(cancellation))
                if (types?.Contains(record.Type) ?? true) await file.WriteAsync(Line(partition, record), cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        DiskSync.FlushDirectory(folder);
    }

    private static ReadOnlyMemory<byte> Line(int partition, SnapshotRecord record)
    {
        var line = new ArrayBufferWriter<byte>(record.Payload.Length + 256);
        using var json = new Utf8JsonWriter(line);
        json.WriteStartObject();
        json.WriteNumber("partition"u8, partition);
        json.WriteNumber("sequence"u8, record.Sequence);
        json.WriteString("hash"u8, record.Hash.ToString());
        json.WritePropertyName("snapshot"u8);
        json.WriteRawValue(record.Payload.Span, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
        return line.WrittenMemory;
    }
}
