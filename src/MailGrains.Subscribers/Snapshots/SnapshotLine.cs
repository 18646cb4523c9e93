using System.Buffers;
using System.Text.Json;

namespace MailGrains.Subscribers.Snapshots;

/// <summary>A part of a picture among events that are shown as JSON: <c>{"partition":3,"sequence":812,"hash":"…","snapshot":{…}}</c>.</summary>
public static class SnapshotLine
{
    /// <summary>One object, without a line end.</summary>
    public static ReadOnlyMemory<byte> Of(int partition, SnapshotRecord record)
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
        return line.WrittenMemory;
    }
}
