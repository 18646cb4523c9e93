using System.Buffers.Binary;
using System.IO.Hashing;
using MailGrains.Model;

namespace MailGrains.Storage.Packs;

/// <summary>
/// The bytes of a pack, version 1. Numbers are little-endian, every record starts at a multiple of 8, gaps are zero.
/// <code>
/// pack   = header *record *%x00
/// header = "MGRPACK" %x0A | version u32 | number u32 | 40 × %x00 | XxHash3-64 of the 56 octets before
/// record = "BODY" | encoding u8 | 3 × %x00 | BlobId 32 | length u32 | stored length u32 | checksum u64 | payload | padding
/// </code>
/// A record's checksum is the XxHash3-64 of its payload, seeded with that of its first 48 octets, mixed with the record's place: bytes that a disk
/// put in the wrong place don't pass.
/// </summary>
internal static class PackFormat
{
    public const uint Version = 1;
    public const int HeaderSize = 64;
    public const int RecordHeaderSize = 56;
    public const int Alignment = 8;

    // Room for the record's header in the same array.
    public static readonly int MaxPayload = Array.MaxLength - RecordHeaderSize - Alignment;

    private const int ChecksumAt = 48;

    private static ReadOnlySpan<byte> PackMagic => "MGRPACK\n"u8;

    private static ReadOnlySpan<byte> RecordMagic => "BODY"u8;

    public static int RecordSize(int storedLength) => (RecordHeaderSize + storedLength + Alignment - 1) & ~(Alignment - 1);

    public static byte[] PackHeader(int pack)
    {
        var header = new byte[HeaderSize];
        PackMagic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), pack);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(56), XxHash3.HashToUInt64(header.AsSpan(0, 56)));
        return header;
    }

    /// <summary>Null when this is the header of that pack in a version we read, else what is wrong with it.</summary>
    public static string? CheckPackHeader(ReadOnlySpan<byte> header, int pack)
    {
        if (header.Length < HeaderSize || !header.StartsWith(PackMagic)) return "not a pack";
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (version != Version) return $"pack of version {version}";
        return header[..HeaderSize].SequenceEqual(PackHeader(pack)) ? null : "damaged pack header";
    }

    /// <summary>
    /// Completes a record whose payload is in place behind the room for its header. The checksum still lacks the place: see
    /// <see cref="Place"/>.
    /// </summary>
    public static ulong Complete(Span<byte> record, RecordEncoding encoding, BlobId blob, int length, int storedLength)
    {
        record[..RecordHeaderSize].Clear();
        RecordMagic.CopyTo(record);
        record[4] = (byte)encoding;
        blob.Write(record[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(record[40..], length);
        BinaryPrimitives.WriteInt32LittleEndian(record[44..], storedLength);
        record[(RecordHeaderSize + storedLength)..RecordSize(storedLength)].Clear();
        return ContentHash(record, storedLength);
    }

    public static void Place(Span<byte> record, ulong contentHash, PackPosition position) =>
        BinaryPrimitives.WriteUInt64LittleEndian(record[ChecksumAt..], Mix(contentHash, position));

    /// <summary>The header of a record, or null when these bytes can't be one.</summary>
    public static RecordHeader? ReadHeader(ReadOnlySpan<byte> record)
    {
        if (record.Length < RecordHeaderSize || !record.StartsWith(RecordMagic) || record[4] > (byte)RecordEncoding.Zstd) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(record[40..]);
        var storedLength = BinaryPrimitives.ReadInt32LittleEndian(record[44..]);
        if (length < 0 || storedLength < 0 || storedLength > Math.Min(length, MaxPayload)) return null;
        var encoding = (RecordEncoding)record[4];
        if (encoding == RecordEncoding.Raw && storedLength != length) return null;
        return new RecordHeader(encoding, BlobId.Read(record.Slice(8, BlobId.Length)), length, storedLength);
    }

    public static bool ChecksumMatches(ReadOnlySpan<byte> record, int storedLength, PackPosition position) =>
        BinaryPrimitives.ReadUInt64LittleEndian(record[ChecksumAt..]) == Mix(ContentHash(record, storedLength), position);

    // The checksum lies between what it covers: hash both parts and let the first seed the second.
    private static ulong ContentHash(ReadOnlySpan<byte> record, int storedLength)
    {
        var header = XxHash3.HashToUInt64(record[..ChecksumAt]);
        return XxHash3.HashToUInt64(record.Slice(RecordHeaderSize, storedLength), unchecked((long)header));
    }

    private static ulong Mix(ulong hash, PackPosition position) =>
        hash ^ unchecked((((ulong)(uint)position.Pack << 40) + (ulong)position.Offset) * 0x9E3779B97F4A7C15);
}
