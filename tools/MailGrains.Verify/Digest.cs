using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MailGrains.Verify;

/// <summary>A SHA-256 hash, 32 octets.</summary>
internal readonly record struct Digest(ulong A, ulong B, ulong C, ulong D)
{
    public const int Length = 32;

    public static Digest Of(ReadOnlySpan<byte> octets)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(octets, hash);
        return Read(hash);
    }

    public static Digest Read(ReadOnlySpan<byte> octets) => new(
        BinaryPrimitives.ReadUInt64BigEndian(octets),
        BinaryPrimitives.ReadUInt64BigEndian(octets[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(octets[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(octets[24..]));

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, A);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], D);
    }

    /// <summary>64 hexadecimal digits in lower case, as ASCII; null for anything else.</summary>
    public static Digest? TryParse(ReadOnlySpan<byte> hex)
    {
        if (hex.Length != 2 * Length || hex.ContainsAnyInRange((byte)'A', (byte)'F')) return null;
        Span<byte> octets = stackalloc byte[Length];
        return Convert.FromHexString(hex, octets, out _, out _) == System.Buffers.OperationStatus.Done ? Read(octets) : null;
    }

    /// <summary>Base 64, with the one text that these octets have; null for anything else.</summary>
    public static Digest? TryParseBase64(string text)
    {
        var octets = new byte[Length];
        return text.Length == 44 && Convert.TryFromBase64String(text, octets, out var length) && length == Length && Convert.ToBase64String(octets) == text
            ? Read(octets)
            : null;
    }

    public byte[] ToArray()
    {
        var octets = new byte[Length];
        Write(octets);
        return octets;
    }

    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
