using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailGrains.Verify.Events;

/// <summary>A line of an events file.</summary>
/// <param name="At">µs since 1970-01-01.</param>
/// <param name="Type">1 to 64 characters of ASCII.</param>
internal sealed record EventRow(long Position, Guid Account, long Sequence, long At, string Type, Digest Previous, Digest Hash, byte[] Payload)
{
    /// <summary>The line as the format writes it.</summary>
    public string ToLine()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("position", Position);
            json.WriteString("account", Account);
            json.WriteNumber("sequence", Sequence);
            json.WriteNumber("at", At);
            json.WriteString("type", Type);
            json.WriteString("previous", Previous.ToString());
            json.WriteString("hash", Hash.ToString());
            json.WriteBase64String("payload", Payload);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
