using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using MailGrains.Model;

namespace MailGrains.Storage.Columns;

/// <summary>
/// The persisted form of a <see cref="UidSet"/>. Version 1: the byte 1; for each range its distance from the end of the one before and
/// its length less one, both as LEB128; XXH32 of everything before, little-endian.
/// </summary>
public static class UidSetCodec
{
    public const byte Version = 1;

    private const int ChecksumLength = 4;
    private const int MaxRangeLength = 10;

    public static byte[] Encode(UidSet set)
    {
        var buffer = new byte[1 + (set.Ranges.Length * MaxRangeLength) + ChecksumLength];
        buffer[0] = Version;
        var at = 1;
        uint previous = 0;
        foreach (var range in set.Ranges)
        {
            at += Write(range.First - previous, buffer.AsSpan(at));
            at += Write(range.Last - range.First, buffer.AsSpan(at));
            previous = range.Last;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(at), XxHash32.HashToUInt32(buffer.AsSpan(0, at)));
        return buffer[..(at + ChecksumLength)];
    }

    /// <exception cref="FormatCorruptException">These are not the bytes of a set, whole and unchanged.</exception>
    public static UidSet Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 1 + ChecksumLength) throw Corrupt("cut off");
        if (bytes[0] != Version) throw Corrupt($"version {bytes[0]} is unknown");
        var body = bytes[..^ChecksumLength];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumLength..]) != XxHash32.HashToUInt32(body)) throw Corrupt("checksum mismatch");

        var ranges = ImmutableArray.CreateBuilder<UidRange>();
        var rest = body[1..];
        ulong previous = 0;
        while (!rest.IsEmpty)
        {
            var first = previous + Read(ref rest);
            previous = first + Read(ref rest);
            if (previous > uint.MaxValue) throw Corrupt("value out of range");
            ranges.Add(new UidRange((uint)first, (uint)previous));
        }

        return new UidSet(ranges.ToImmutable());
    }

    private static int Write(uint value, Span<byte> destination)
    {
        var at = 0;
        for (; value >= 0x80; value >>= 7) destination[at++] = (byte)(value | 0x80);
        destination[at++] = (byte)value;
        return at;
    }

    private static ulong Read(ref ReadOnlySpan<byte> rest)
    {
        ulong value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (rest.IsEmpty) throw Corrupt("cut off");
            var octet = rest[0];
            rest = rest[1..];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80) return value;
        }

        throw Corrupt("number too long");
    }

    private static FormatCorruptException Corrupt(string detail) => new("UID set", detail);
}
