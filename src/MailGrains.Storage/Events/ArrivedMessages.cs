using System.Text.Json;
using System.Text.Unicode;
using MailGrains.Model;
using MailGrains.Model.Summary;

namespace MailGrains.Storage.Events;

/// <summary>The messages that an event says came, and what documents of the event show of them beside it.</summary>
public static class ArrivedMessages
{
    /// <summary>The UID and the content of each, in the event's order; none where no message came, or the event doesn't name its content.</summary>
    public static IReadOnlyList<(long? Uid, BlobId Blob)> Of(EventRecord record)
    {
        if (record.Event.Type is not ("MessageNew" or "MessageAppend")) return [];
        using var document = JsonDocument.Parse(record.Event.Payload);
        if (!document.RootElement.TryGetProperty("messages"u8, out var messages) || messages.ValueKind != JsonValueKind.Array) return [];
        var found = new List<(long?, BlobId)>(messages.GetArrayLength());
        foreach (var message in messages.EnumerateArray())
            if (EventMembers.Blob(message) is { } blob) found.Add((UidOf(message), blob));
        return found;
    }

    /// <summary>
    /// Writes <c>"messages":[{"uid":7,"envelope":"(…)","bodyStructure":"(…)"}]</c> for those whose summaries are known; nothing when there are none.
    /// </summary>
    public static void WriteStructures(Utf8JsonWriter json, EventRecord record, IReadOnlyDictionary<BlobId, MessageSummary> summaries)
    {
        if (summaries.Count == 0 || Of(record).Where(m => summaries.ContainsKey(m.Blob)).ToList() is not { Count: > 0 } known) return;
        json.WriteStartArray("messages"u8);
        foreach (var (uid, blob) in known)
        {
            var summary = summaries[blob];
            json.WriteStartObject();
            if (uid is { } number) json.WriteNumber("uid"u8, number);
            json.Octets("envelope", "envelopeBase64", summary.Envelope.Span);
            json.Octets("bodyStructure", "bodyStructureBase64", summary.BodyStructure.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Text of mail as a member. What is no UTF-8, which mail can bring, is written in base64 under the other name: its octets are kept.</summary>
    public static void Octets(this Utf8JsonWriter json, string name, string nameOfBase64, ReadOnlySpan<byte> octets)
    {
        if (Utf8.IsValid(octets)) json.WriteString(name, octets);
        else json.WriteBase64String(nameOfBase64, octets);
    }

    private static long? UidOf(JsonElement message) =>
        message.TryGetProperty("uid"u8, out var uid) && uid.ValueKind == JsonValueKind.Number && uid.TryGetInt64(out var number) ? number : null;
}
