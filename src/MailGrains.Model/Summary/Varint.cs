namespace MailGrains.Model.Summary;

/// <summary>Seven bits a byte, least significant first.</summary>
public static class Varint
{
    public const int MaxLength = 5;

    public static int Write(Span<byte> destination, uint value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            destination[length++] = (byte)(value | 0x80);
        destination[length++] = (byte)value;
        return length;
    }

    public static uint Read(ReadOnlySpan<byte> source, ref int position)
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (position >= source.Length)
                break;
            var b = source[position++];
            value |= (uint)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }

        throw new InvalidDataException("A number ends within the data, or never.");
    }
}
