using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailGrains.Storage.Columns;

namespace MailGrains.Storage.Accounts;

/// <summary>
/// How engines keep the details of an act that is owed: a JSON object whose first member, <c>v</c>, is the version of this form, 1. The others are the details
/// in their order.
/// </summary>
public static class DirectoryActCodec
{
    private const int Version = 1;

    public static string Encode(ImmutableArray<ActDetail> details)
    {
        var octets = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(octets, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, Version);
            foreach (var detail in details)
            {
                if (detail.Text is { } text) json.WriteString(detail.Name, text);
                else json.WriteNumber(detail.Name, detail.Number);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(octets.WrittenSpan);
    }

    /// <exception cref="FormatCorruptException">It is something else, or of a later version.</exception>
    public static ImmutableArray<ActDetail> Decode(string kept)
    {
        try
        {
            using var json = JsonDocument.Parse(kept);
            if (json.RootElement.GetProperty("v").GetInt32() != Version) throw new FormatCorruptException("directory act", "of an unknown version");
            return
            [
                .. json.RootElement.EnumerateObject().Where(m => m.Name != "v").Select(m => m.Value.ValueKind == JsonValueKind.String
                    ? new ActDetail(m.Name, m.Value.GetString())
                    : new ActDetail(m.Name, null, m.Value.GetInt64())),
            ];
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatCorruptException("directory act", "that is no JSON of its kind");
        }
    }
}
