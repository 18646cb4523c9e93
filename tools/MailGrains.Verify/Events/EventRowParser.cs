using System.Buffers.Text;
using System.Text.Json;

namespace MailGrains.Verify.Events;

/// <summary>
/// line = an object of position, account, sequence, at, type, previous, hash and payload, each once and no other member; the line's length is
/// limited by who reads it, and the object has nothing in it that nests.
/// </summary>
internal ref struct EventRowParser
{
    private const int MaxTypeLength = 64;

    private long? _position;
    private Guid? _account;
    private long? _sequence;
    private long? _at;
    private string? _type;
    private Digest? _previous;
    private Digest? _hash;
    private byte[]? _payload;

    /// <summary>Null for any line that is not one of the format.</summary>
    public static EventRow? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 1 });
            var parser = new EventRowParser();
            return parser.Read(ref json) ? parser.Row() : null;
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private bool Read(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            if (!ReadMember(ref json)) return false;
        return json.TokenType == JsonTokenType.EndObject && !json.Read();
    }

    private bool ReadMember(ref Utf8JsonReader json)
    {
        var name = json.GetString();
        return json.Read() && name switch
        {
            "position" => _position is null && (_position = Number(ref json)) > 0,
            "account" => _account is null && (_account = Uuid(ref json)) is not null,
            "sequence" => _sequence is null && (_sequence = Number(ref json)) > 0,
            "at" => _at is null && (_at = Number(ref json)) is not null,
            "type" => _type is null && (_type = TypeName(ref json)) is not null,
            "previous" => _previous is null && (_previous = Hex(ref json)) is not null,
            "hash" => _hash is null && (_hash = Hex(ref json)) is not null,
            "payload" => _payload is null && (_payload = Octets(ref json)) is not null,
            _ => false,
        };
    }

    private readonly EventRow? Row() =>
        _position is { } position && _account is { } account && _sequence is { } sequence && _at is { } at && _type is not null
        && _previous is { } previous && _hash is { } hash && _payload is not null
            ? new EventRow(position, account, sequence, at, _type, previous, hash, _payload)
            : null;

    private static long? Number(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number) ? number : null;

    private static Guid? Uuid(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && !json.ValueSpan.ContainsAnyInRange((byte)'A', (byte)'F') && json.TryGetGuid(out var id) ? id : null;

    private static string? TypeName(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length is 0 or > MaxTypeLength) return null;
        var name = json.GetString()!;
        return name.All(c => c is > ' ' and < '\x7f') ? name : null;
    }

    private static Digest? Hex(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.String ? Digest.TryParse(json.ValueSpan) : null;

    private static byte[]? Octets(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out var octets) && IsCanonical(json.ValueSpan, octets) ? octets : null;

    /// <summary>The same octets have one base 64 text: no white space, and the bits behind the last octet are zeros.</summary>
    private static bool IsCanonical(ReadOnlySpan<byte> text, ReadOnlySpan<byte> octets)
    {
        if (text.Length != (octets.Length + 2) / 3 * 4) return false;
        if (octets.IsEmpty) return true;
        Span<byte> last = stackalloc byte[4];
        Base64.EncodeToUtf8(octets[((octets.Length - 1) / 3 * 3)..], last, out _, out _);
        return text.EndsWith(last);
    }
}
