using System.Text.Json;
using MailGrains.Model;

namespace MailGrains.Storage.Events;

/// <summary>The bodies an event brought: <c>messages[].blobId</c> of MessageNew and MessageAppend (docs/events.md).</summary>
public static class EventBodies
{
    private const int DepthOfMessages = 1;
    private const int DepthInMessage = 3;

    /// <summary>In the order they are in; nothing of a payload that isn't JSON.</summary>
    public static IReadOnlyList<BlobId> Of(EventWrite written)
    {
        if (written.Type is not ("MessageNew" or "MessageAppend")) return [];
        var bodies = new List<BlobId>();
        try
        {
            var json = new Utf8JsonReader(written.Payload.Span);
            var isMessages = false;
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName) continue;
                if (json.CurrentDepth == DepthOfMessages) isMessages = json.ValueTextEquals("messages"u8);
                else if (!isMessages || json.CurrentDepth != DepthInMessage || !json.ValueTextEquals("blobId"u8)) continue;
                else if (TryReadBlob(ref json) is { } blob) bodies.Add(blob);
            }
        }
        catch (JsonException)
        {
            return [];
        }

        return bodies;
    }

    private static BlobId? TryReadBlob(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.String || json.HasValueSequence || json.ValueSpan.Length != 2 * BlobId.Length) return null;
        Span<byte> octets = stackalloc byte[BlobId.Length];
        return Convert.FromHexString(json.ValueSpan, octets, out _, out _) == System.Buffers.OperationStatus.Done ? BlobId.Read(octets) : null;
    }
}
