using System.Text.Json;

namespace MailGrains.Verify.Events;

/// <summary>
/// What a payload says about itself: <c>type</c>, <c>timestamp</c>, <c>account.id</c> and each <c>messages[].blobId</c> (docs/events.md). Members it
/// doesn't know are skipped, to a depth of 64.
/// </summary>
internal sealed class PayloadFacts
{
    public string? Type { get; private set; }

    public Guid? Account { get; private set; }

    /// <summary>µs since 1970-01-01.</summary>
    public long? At { get; private set; }

    public List<Digest> Bodies { get; } = [];

    /// <summary>A <c>blobId</c> that is no hash, or one of the members twice, of which readers could take either.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>Null when the payload is no JSON object.</summary>
    public static PayloadFacts? TryRead(ReadOnlySpan<byte> payload)
    {
        try
        {
            var json = new Utf8JsonReader(payload);
            var facts = new PayloadFacts();
            return facts.Read(ref json) ? facts : null;
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private bool Read(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var member = "";
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName) continue;
            if (json.CurrentDepth == 1)
            {
                member = json.GetString()!;
                IsAmbiguous |= !seen.Add(member);
                if (member is "type" or "timestamp") ReadText(ref json, member);
            }
            else if (member == "account" && json.CurrentDepth == 2 && json.ValueTextEquals("id"u8))
            {
                IsAmbiguous |= Account is not null;
                if (json.Read() && json.TokenType == JsonTokenType.String && json.TryGetGuid(out var account)) Account = account;
            }
            else if (member == "messages" && json.CurrentDepth == 3 && json.ValueTextEquals("blobId"u8))
            {
                var blob = json.Read() && json.TokenType == JsonTokenType.String ? Digest.TryParse(json.ValueSpan) : null;
                if (blob is { } body) Bodies.Add(body);
                else IsAmbiguous = true;
            }
        }

        return true;
    }

    private void ReadText(ref Utf8JsonReader json, string member)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.String) return;
        if (member == "type") Type = json.GetString();
        else if (json.TryGetDateTimeOffset(out var at)) At = (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
