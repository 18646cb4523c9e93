using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailGrains.Storage.Events;
using MailGrains.Subscribers.Snapshots;
using MailGrains.Views;

namespace MailGrains.Outputs;

/// <summary>
/// A part of a picture of a mailbox in the form of events, for views that know nothing else: one for each folder of the mailbox, or one for each message of
/// the part. Their ids say what they are about, so that what is taken again has the same.
/// </summary>
internal static class SnapshotEvents
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="now">The time of folders; messages have that at which they came to their folder.</param>
    public static IReadOnlyList<EventRecord> Of(int partition, SnapshotRecord record, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(record.Payload);
        var part = json.RootElement;
        return record.Type == SnapshotRecord.Mailbox
            ? [.. part.GetProperty("folders").EnumerateArray().Select(folder => Folder(partition, record, part, folder, now))]
            : [.. part.GetProperty("messages").EnumerateArray().Select(message => Message(partition, record, part, message))];
    }

    private static EventRecord Folder(int partition, SnapshotRecord record, JsonElement part, JsonElement folder, DateTimeOffset now)
    {
        var payload = Payload(SnapshotTypes.Folder, IdOf(part, folder), now, part, json =>
        {
            Copy(json, part, "modseq");
            json.WritePropertyName("mailbox"u8);
            folder.WriteTo(json);
            Copy(json, folder, "counters");
        });
        return Record(partition, record, SnapshotTypes.Folder, now, payload);
    }

    private static EventRecord Message(int partition, SnapshotRecord record, JsonElement part, JsonElement message)
    {
        var (folder, saved) = (part.GetProperty("mailbox"), message.GetProperty("saveDate").GetDateTimeOffset());
        var payload = Payload(SnapshotTypes.Message, $"{IdOf(part, folder)}-{message.GetProperty("uid").GetUInt32()}", saved, part, json =>
        {
            Copy(json, message, "modseq");
            Copy(json, part, "mailbox");
            json.WriteStartArray("messages"u8);
            message.WriteTo(json);
            json.WriteEndArray();
        });
        return Record(partition, record, SnapshotTypes.Message, saved, payload);
    }

    private static string IdOf(JsonElement part, JsonElement folder)
    {
        var account = part.GetProperty("account").GetProperty("id").GetGuid();
        return $"snapshot-{account:D}-{folder.GetProperty("id").GetInt32()}-{folder.GetProperty("uidValidity").GetUInt32()}";
    }

    private static EventRecord Record(int partition, SnapshotRecord record, string type, DateTimeOffset at, ReadOnlyMemory<byte> payload) =>
        new(partition, 0, record.Account, new EventWrite(record.Sequence, type, at, default, record.Hash, payload));

    private static ReadOnlyMemory<byte> Payload(string type, string id, DateTimeOffset at, JsonElement part, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString("id"u8, id);
        json.WriteString("timestamp"u8, at.UtcDateTime);
        Copy(json, part, "account");
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Copy(Utf8JsonWriter json, JsonElement from, string name)
    {
        json.WritePropertyName(name);
        from.GetProperty(name).WriteTo(json);
    }
}
