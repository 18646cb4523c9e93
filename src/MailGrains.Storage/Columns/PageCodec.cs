using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Storage.Columns;

/// <summary>
/// The persisted form of a <see cref="MessagePage"/>. Version 1, little-endian:
/// <code>
/// version   1       = 1
/// number    4       page number
/// uids      16      bit i is set when UID number·128 + i is present
/// flags     1       number n of distinct flag sets, then n × 16 (low, high), then, when n > 1, one byte a message
/// modseqs, internal dates, save dates, sizes, email ids: each
///           8       smallest value
///           1       width w (0 … 8)
///           w each  distance from the smallest value
/// checksum  4       XXH32 of everything before
/// </code>
/// Fixed widths keep encoding at memory speed and make the length follow from the heads, so nothing can be cut off
/// unseen; an ordinary full page takes 1.2 to 1.8 KB.
/// </summary>
public static class PageCodec
{
    public const byte Version = 1;

    /// <summary>No page is longer than this.</summary>
    public const int MaxLength = HeadLength + 1 + (MessagePage.Span * 17) + (5 * (ColumnHead + (MessagePage.Span * 8))) + ChecksumLength;

    private const int HeadLength = 1 + 4 + (MessagePage.Span / 8);
    private const int ColumnHead = 9;
    private const int ChecksumLength = 4;

    public static byte[] Encode(MessagePage page)
    {
        // Eight spare octets let a value of any width be written as one word.
        Span<byte> buffer = stackalloc byte[MaxLength + 8];
        return buffer[..Encode(page, buffer)].ToArray();
    }

    /// <summary>Encodes into <paramref name="destination"/>, of at least <see cref="MaxLength"/> + 8 octets; returns the length.</summary>
    public static int Encode(MessagePage page, Span<byte> destination)
    {
        destination[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(destination[1..], page.Number);
        WriteUids(page, destination[5..HeadLength]);
        var at = HeadLength + WriteFlags(page.Flags, destination[HeadLength..]);
        at += WriteColumn(page.ModSeqs, destination[at..]);
        at += WriteColumn(page.InternalDates, destination[at..]);
        at += WriteColumn(page.SaveDates, destination[at..]);
        at += WriteColumn(page.Sizes, destination[at..]);
        at += WriteColumn(page.EmailIds, destination[at..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[at..], XxHash32.HashToUInt32(destination[..at]));
        return at + ChecksumLength;
    }

    /// <exception cref="FormatCorruptException">These are not the bytes of a page, whole and unchanged.</exception>
    public static MessagePage Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadLength + ChecksumLength) throw Corrupt("cut off");
        if (bytes[0] != Version) throw Corrupt($"version {bytes[0]} is unknown");
        var body = bytes[..^ChecksumLength];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumLength..]) != XxHash32.HashToUInt32(body)) throw Corrupt("checksum mismatch");

        var number = BinaryPrimitives.ReadInt32LittleEndian(body[1..]);
        if (number is < 0 or > (int)(uint.MaxValue / MessagePage.Span)) throw Corrupt("impossible page number");
        var uids = ReadUids(number, body[5..HeadLength]);
        var rest = body[HeadLength..];
        var page = new MessagePage
        {
            Number = number,
            Uids = uids,
            Flags = ReadFlags(uids.Length, ref rest),
            ModSeqs = ReadLongs(uids.Length, ref rest),
            InternalDates = ReadLongs(uids.Length, ref rest),
            SaveDates = ReadUInts(uids.Length, ref rest),
            Sizes = ReadUInts(uids.Length, ref rest),
            EmailIds = ReadLongs(uids.Length, ref rest),
        };
        return rest.IsEmpty ? page : throw Corrupt("longer than its content");
    }

    private static void WriteUids(MessagePage page, Span<byte> bits)
    {
        bits.Clear();
        var first = (uint)page.Number * MessagePage.Span;
        long previous = -1;
        foreach (var uid in page.Uids)
        {
            var offset = (long)uid - first;
            if (offset <= previous || offset >= MessagePage.Span)
                throw new ArgumentException($"UID {uid} has no place in page {page.Number}.", nameof(page));
            bits[(int)offset >> 3] |= (byte)(1 << ((int)offset & 7));
            previous = offset;
        }
    }

    private static uint[] ReadUids(int number, ReadOnlySpan<byte> bits)
    {
        var low = BinaryPrimitives.ReadUInt64LittleEndian(bits);
        var high = BinaryPrimitives.ReadUInt64LittleEndian(bits[8..]);
        var uids = new uint[BitOperations.PopCount(low) + BitOperations.PopCount(high)];
        var first = (uint)number * MessagePage.Span;
        var i = 0;
        for (; low != 0; low &= low - 1) uids[i++] = first + (uint)BitOperations.TrailingZeroCount(low);
        for (; high != 0; high &= high - 1) uids[i++] = first + 64 + (uint)BitOperations.TrailingZeroCount(high);
        return uids;
    }

    private static int WriteFlags(ReadOnlySpan<MessageFlags> flags, Span<byte> destination)
    {
        Span<MessageFlags> distinct = stackalloc MessageFlags[MessagePage.Span];
        Span<byte> indexes = stackalloc byte[MessagePage.Span];
        var count = 0;
        var last = 0;
        for (var i = 0; i < flags.Length; i++)
        {
            // Neighbours mostly share their flags.
            if (count == 0 || distinct[last] != flags[i])
            {
                last = distinct[..count].IndexOf(flags[i]);
                if (last < 0)
                {
                    last = count;
                    distinct[count++] = flags[i];
                }
            }

            indexes[i] = (byte)last;
        }

        destination[0] = (byte)count;
        var at = 1;
        foreach (var set in distinct[..count])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination[at..], set.Low);
            BinaryPrimitives.WriteUInt64LittleEndian(destination[(at + 8)..], set.High);
            at += 16;
        }

        if (count <= 1) return at;
        indexes[..flags.Length].CopyTo(destination[at..]);
        return at + flags.Length;
    }

    private static MessageFlags[] ReadFlags(int messages, ref ReadOnlySpan<byte> rest)
    {
        var count = Take(1, ref rest)[0];
        if (count > messages || (count == 0 && messages > 0)) throw Corrupt("impossible number of flag sets");
        var sets = Take(count * 16, ref rest);
        var flags = new MessageFlags[messages];
        if (messages == 0) return flags;
        if (count == 1)
        {
            Array.Fill(flags, ReadSet(sets, 0));
            return flags;
        }

        var indexes = Take(messages, ref rest);
        for (var i = 0; i < flags.Length; i++)
        {
            if (indexes[i] >= count) throw Corrupt("flag set out of range");
            flags[i] = ReadSet(sets, indexes[i]);
        }

        return flags;
    }

    private static MessageFlags ReadSet(ReadOnlySpan<byte> sets, int index) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(sets[(index * 16)..]),
        BinaryPrimitives.ReadUInt64LittleEndian(sets[((index * 16) + 8)..]));

    private static int WriteColumn(ReadOnlySpan<long> values, Span<byte> destination)
    {
        long min = long.MaxValue, max = long.MinValue;
        foreach (var value in values)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        var width = WriteColumnHead(min, max, values.Length, destination);
        var at = ColumnHead;
        if (width == 0) return at;
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination[at..], (ulong)value - (ulong)min);
            at += width;
        }

        return at;
    }

    private static int WriteColumn(ReadOnlySpan<uint> values, Span<byte> destination)
    {
        Span<long> wide = stackalloc long[MessagePage.Span];
        for (var i = 0; i < values.Length; i++) wide[i] = values[i];
        return WriteColumn(wide[..values.Length], destination);
    }

    private static int WriteColumnHead(long min, long max, int count, Span<byte> destination)
    {
        if (count == 0) min = max = 0;
        var width = (64 - BitOperations.LeadingZeroCount((ulong)max - (ulong)min) + 7) / 8;
        BinaryPrimitives.WriteInt64LittleEndian(destination, min);
        destination[8] = (byte)width;
        return width;
    }

    private static long[] ReadLongs(int messages, ref ReadOnlySpan<byte> rest)
    {
        var head = Take(ColumnHead, ref rest);
        var min = (ulong)BinaryPrimitives.ReadInt64LittleEndian(head);
        var width = head[8];
        if (width > 8) throw Corrupt("impossible column width");
        var data = Take(messages * width, ref rest);
        var values = new long[messages];
        for (var i = 0; i < values.Length; i++) values[i] = (long)(min + ReadWord(data.Slice(i * width, width)));
        return values;
    }

    private static uint[] ReadUInts(int messages, ref ReadOnlySpan<byte> rest)
    {
        var wide = ReadLongs(messages, ref rest);
        var values = new uint[messages];
        for (var i = 0; i < wide.Length; i++)
        {
            if (wide[i] is < 0 or > uint.MaxValue) throw Corrupt("value out of range");
            values[i] = (uint)wide[i];
        }

        return values;
    }

    private static ulong ReadWord(ReadOnlySpan<byte> octets)
    {
        ulong value = 0;
        for (var i = octets.Length - 1; i >= 0; i--) value = (value << 8) | octets[i];
        return value;
    }

    private static ReadOnlySpan<byte> Take(int length, ref ReadOnlySpan<byte> rest)
    {
        if (length > rest.Length) throw Corrupt("cut off");
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static FormatCorruptException Corrupt(string detail) => new("message page", detail);
}
