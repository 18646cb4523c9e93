using System.Buffers;
using System.Text;

namespace MailGrains.Imap;

/// <summary>
/// The mailbox name encoding of RFC 3501 section 5.1.3, strictly: every name has exactly one encoding, everything else
/// is refused.
/// </summary>
public static class ModifiedUtf7
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

    /// <summary>The name, or null: 8-bit or control octets, bad base64, a printable character in base64, a lone surrogate,
    /// bits left over, two base64 runs side by side, or no <c>-</c> at the end.</summary>
    public static string? Decode(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length);
        var afterRun = false;
        for (var i = 0; i < octets.Length; i++)
        {
            var c = octets[i];
            if (c is < 0x20 or > 0x7e) return null;
            if (c != '&')
            {
                text.Append((char)c);
                afterRun = false;
                continue;
            }

            var length = octets[(i + 1)..].IndexOf((byte)'-');
            if (length < 0) return null;
            if (length == 0) text.Append('&');
            else if (afterRun || !DecodeRun(octets.Slice(i + 1, length), text)) return null;
            afterRun = length > 0;
            i += length + 1;
        }

        return text.ToString();
    }

    /// <summary>Writes the encoded name.</summary>
    public static void Encode(ReadOnlySpan<char> name, IBufferWriter<byte> output)
    {
        var i = 0;
        while (i < name.Length)
        {
            if (name[i] is >= ' ' and <= '~')
            {
                if (name[i] == '&') output.Write("&-"u8);
                else Put(output, (byte)name[i]);
                i++;
                continue;
            }

            var end = i;
            while (end < name.Length && name[end] is not (>= ' ' and <= '~')) end++;
            EncodeRun(name[i..end], output);
            i = end;
        }
    }

    public static string Encode(string name)
    {
        var output = new ArrayBufferWriter<byte>(name.Length + 16);
        Encode(name, output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    private static bool DecodeRun(ReadOnlySpan<byte> run, StringBuilder text)
    {
        int bits = 0, buffered = 0;
        var high = '\0';
        foreach (var c in run)
        {
            var value = Alphabet.IndexOf((char)c, StringComparison.Ordinal);
            if (value < 0) return false;
            buffered = (buffered << 6 | value) & 0xfffff;
            bits += 6;
            if (bits < 16) continue;
            bits -= 16;
            var unit = (char)(buffered >> bits & 0xffff);
            if (unit is >= ' ' and <= '~') return false;
            if (char.IsLowSurrogate(unit) != (high != 0)) return false;
            high = char.IsHighSurrogate(unit) ? unit : '\0';
            text.Append(unit);
        }

        return high == 0 && bits < 6 && (buffered & (1 << bits) - 1) == 0;
    }

    private static void EncodeRun(ReadOnlySpan<char> run, IBufferWriter<byte> output)
    {
        Put(output, (byte)'&');
        int bits = 0, buffered = 0;
        foreach (var unit in run)
        {
            buffered = (buffered << 16 | unit) & 0x3fffff;
            bits += 16;
            while (bits >= 6)
            {
                bits -= 6;
                Put(output, (byte)Alphabet[buffered >> bits & 0x3f]);
            }
        }

        if (bits > 0) Put(output, (byte)Alphabet[buffered << 6 - bits & 0x3f]);
        Put(output, (byte)'-');
    }

    private static void Put(IBufferWriter<byte> output, byte octet)
    {
        output.GetSpan(1)[0] = octet;
        output.Advance(1);
    }
}
