using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Evidence.Export;

/// <summary>Where things are in an export folder, and how they are written: format 2 of docs/evidence.md.</summary>
internal sealed class ExportFolder(string path)
{
    public const int Format = 2;

    private const string Partial = ".part";

    /// <summary>A key in log.json looks as it does on the command line; nothing here goes into HTML.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string CollectedFile => Path.Combine(path, "collected.txt");

    public string EventsFile(int partition) => Path.Combine(Make("events"), Name(partition, ".jsonl"));

    /// <summary>False when the body is there already; else it is written, and is there under its name once it is whole.</summary>
    /// <returns>Why the body can't be had, or null.</returns>
    public async Task<(bool Written, string? Reason)> WriteBodyAsync(BlobId blob, IExportBodies bodies, CancellationToken cancellation)
    {
        var name = blob.ToString();
        var file = Path.Combine(Make("bodies", name[..2]), name);
        if (File.Exists(file)) return (false, null);
        string? reason;
        try
        {
            await using var stream = new FileStream(file + Partial, FileMode.Create, FileAccess.Write);
            reason = await bodies.CopyAsync(blob, stream, cancellation);
        }
        catch
        {
            File.Delete(file + Partial);
            throw;
        }

        if (reason is null) File.Move(file + Partial, file);
        else File.Delete(file + Partial);
        return (reason is null, reason);
    }

    public Task WriteCheckpointAsync(int partition, long size, SignedNote note, CancellationToken cancellation) =>
        File.WriteAllTextAsync(Path.Combine(Make("checkpoints", Name(partition, "")), Name(size, ".txt")), note.ToString(), cancellation);

    public async Task WriteHeadAsync(KeptHead head, CancellationToken cancellation)
    {
        await File.WriteAllBytesAsync(Path.Combine(Make("heads"), Name(head.Number, ".txt")), head.Octets.ToArray(), cancellation);
        if (head.Stamp is { } stamp) await File.WriteAllBytesAsync(Path.Combine(Make("heads"), Name(head.Number, ".tst")), stamp.ToArray(), cancellation);
    }

    /// <summary>log.json: with it the export is whole.</summary>
    public Task WriteLogAsync(ExportOptions options, int partitions, CancellationToken cancellation) =>
        File.WriteAllBytesAsync(Path.Combine(path, "log.json"), Json(json =>
        {
            json.WriteNumber("format", Format);
            json.WriteString("name", options.LogName);
            json.WriteNumber("partitions", partitions);
            json.WriteString("key", options.Key.ToString());
        }), cancellation);

    public Task WriteStartAsync(int partition, ExportStart start, CancellationToken cancellation) =>
        File.WriteAllBytesAsync(Path.Combine(Make("events"), Name(partition, ".start.json")), Json(json =>
        {
            json.WriteNumber("size", start.Size);
            json.WriteStartArray("frontier");
            foreach (TreeHash hash in start.Frontier) json.WriteStringValue(hash.ToString());
            json.WriteEndArray();
        }), cancellation);

    /// <summary>A line of an events file, with its end.</summary>
    public static byte[] Line(EventRecord record) => Json(json =>
    {
        json.WriteNumber("position", record.Position);
        json.WriteString("account", record.Account.Value);
        json.WriteNumber("sequence", record.Event.Sequence);
        json.WriteNumber("at", EventHash.Microseconds(record.Event.At));
        json.WriteString("type", record.Event.Type);
        json.WriteString("previous", record.Event.PreviousHash.ToString());
        json.WriteString("hash", record.Event.Hash.ToString());
        json.WriteBase64String("payload", record.Event.Payload.Span);
    });

    /// <summary>A line of collected.txt, without its end.</summary>
    public static string CollectedLine(BlobId blob, string reason)
    {
        var line = new StringBuilder(reason);
        for (var i = 0; i < line.Length; i++)
            if (char.IsControl(line[i])) line[i] = ' ';
        return $"{blob}\t{line}";
    }

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private string Make(params ReadOnlySpan<string> folders) => Directory.CreateDirectory(Path.Combine([path, .. folders])).FullName;

    private static string Name(long number, string ending) => number.ToString(CultureInfo.InvariantCulture) + ending;
}
