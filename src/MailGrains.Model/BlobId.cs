using System.Buffers.Binary;
using System.Security.Cryptography;
using Orleans;

namespace MailGrains.Model;

/// <summary>The SHA-256 of a body's exact bytes: its name in the body store.</summary>
[GenerateSerializer, Immutable]
public readonly record struct BlobId([property: Id(0)] ulong A, [property: Id(1)] ulong B, [property: Id(2)] ulong C, [property: Id(3)] ulong D)
{
    public const int Length = 32;

    public static BlobId Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(bytes, hash);
        return Read(hash);
    }

    /// <summary>Reads the 32 bytes that <see cref="Write"/> wrote.</summary>
    public static BlobId Read(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64BigEndian(hash),
        BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));

    /// <summary>
    /// A hash out of a database, whose owner may have put anything there: what has not the length of one becomes zeros, which are the hash of nothing.
    /// </summary>
    public static BlobId ReadStored(ReadOnlySpan<byte> octets) => octets.Length == Length ? Read(octets) : default;

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, A);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], D);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }

    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
