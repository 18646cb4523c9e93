using System.Buffers.Binary;

namespace MailGrains.Model.Summary;

/// <summary>
/// The fixed head of an encoded summary, all numbers little-endian: version (1), flags (1), blob length (4), header
/// length (4), sent day (4; days since 0001-01-01, or -1), Message-ID hash (8), mask of uncovered fields (8), and the end
/// offset (4 each) of the seven sections that follow it.
/// </summary>
internal static class SummaryLayout
{
    public const byte Version = 1;
    public const int Sections = 7;
    public const int HeaderLength = EndsAt + Sections * sizeof(uint);

    public const int FlagsAt = 1;
    public const int BlobLengthAt = 2;
    public const int HeaderLengthAt = 6;
    public const int SentDayAt = 10;
    public const int MessageIdAt = 14;
    public const int UncoveredAt = 22;
    private const int EndsAt = 30;

    public static void WriteHeader(Span<byte> encoded, SummaryContent content)
    {
        encoded[0] = Version;
        encoded[FlagsAt] = (byte)content.Flags;
        BinaryPrimitives.WriteInt32LittleEndian(encoded[BlobLengthAt..], content.BlobLength);
        BinaryPrimitives.WriteInt32LittleEndian(encoded[HeaderLengthAt..], content.HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(encoded[SentDayAt..], content.SentDate?.DayNumber ?? -1);
        BinaryPrimitives.WriteUInt64LittleEndian(encoded[MessageIdAt..], content.MessageIdHash);
        BinaryPrimitives.WriteUInt64LittleEndian(encoded[UncoveredAt..], content.UncoveredFields);
    }

    public static void WriteEnd(Span<byte> encoded, int section, int end) =>
        BinaryPrimitives.WriteInt32LittleEndian(encoded[(EndsAt + section * sizeof(uint))..], end);

    public static int ReadEnd(ReadOnlySpan<byte> encoded, int section) => section < 0
        ? HeaderLength
        : BinaryPrimitives.ReadInt32LittleEndian(encoded[(EndsAt + section * sizeof(uint))..]);

    public static bool IsWellFormed(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length < HeaderLength || encoded[0] != Version)
            return false;
        var previous = HeaderLength;
        for (var section = 0; section < Sections; section++)
        {
            var end = ReadEnd(encoded, section);
            if (end < previous || end > encoded.Length)
                return false;
            previous = end;
        }

        return previous == encoded.Length;
    }
}
