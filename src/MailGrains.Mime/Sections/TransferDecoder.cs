using System.Buffers;
using System.Buffers.Text;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Sections;

/// <summary>
/// Removes a Content-Transfer-Encoding, a buffer at a time. Any input decodes to something: characters outside the base64
/// alphabet are skipped (RFC 2045 section 6.8), an <c>=</c> that starts no escape stands for itself (section 6.7).
/// </summary>
public ref struct TransferDecoder
{
    public const int MinimumBuffer = 1024;

    private const int ChunkOctets = 32 * 1024;
    private const int LineWindow = 256;
    private const byte Skip = 0xFF;
    private const byte Padding = 0xFE;

    private static readonly byte[] s_base64 = Base64Alphabet();

    private readonly TransferEncoding _encoding;
    private ReadOnlySpan<byte> _rest;
    private uint _bits;
    private int _digits;

    public TransferDecoder(ReadOnlySpan<byte> encoded, TransferEncoding encoding)
    {
        _rest = encoded;
        _encoding = encoding;
    }

    public static ReadOnlyMemory<byte> DecodeAll(ReadOnlySpan<byte> encoded, TransferEncoding encoding)
    {
        // Neither encoding grows when it is decoded.
        var decoder = new TransferDecoder(encoded, encoding);
        var bytes = new byte[encoded.Length + MinimumBuffer];
        var length = 0;
        for (int read; (read = decoder.Read(bytes.AsSpan(length))) > 0;)
            length += read;
        return bytes.AsMemory(0, length);
    }

    public static long Measure(ReadOnlySpan<byte> encoded, TransferEncoding encoding)
    {
        var decoder = new TransferDecoder(encoded, encoding);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkOctets);
        long length = 0;
        for (int read; (read = decoder.Read(chunk)) > 0;)
            length += read;
        ArrayPool<byte>.Shared.Return(chunk);
        return length;
    }

    /// <summary>Decodes as much as fits, which is something while anything is left; 0 at the end.</summary>
    public int Read(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, 8);
        var total = 0;
        while (!_rest.IsEmpty && destination.Length - total >= 8)
        {
            total += _encoding switch
            {
                TransferEncoding.Base64 => ReadBase64(destination[total..]),
                TransferEncoding.QuotedPrintable => ReadQuotedPrintable(destination[total..]),
                _ => ReadPlain(destination[total..]),
            };
        }

        return total;
    }

    private int ReadPlain(Span<byte> destination)
    {
        var length = Math.Min(_rest.Length, destination.Length);
        _rest[..length].CopyTo(destination);
        _rest = _rest[length..];
        return length;
    }

    private int ReadBase64(Span<byte> destination)
    {
        // A well-formed line of whole quanta goes through the vectorised decoder; whatever else octet by octet.
        // The window keeps a long line of rubbish from being searched for its end again and again.
        var line = _rest[..Math.Min(_rest.Length, Math.Min(LineWindow, destination.Length / 4 * 4))];
        var end = line.IndexOfAny((byte)'\r', (byte)'\n');
        if (end >= 0)
            line = line[..end];
        if (_digits == 0 && line.Length >= 4)
        {
            var quanta = line[..(line.Length / 4 * 4)];
            Base64.DecodeFromUtf8(quanta, destination, out var consumed, out var written, isFinalBlock: false);
            if (consumed > 0)
            {
                _rest = _rest[consumed..];
                return written;
            }
        }

        return ReadBase64Slowly(Math.Max(1, line.Length), destination);
    }

    private int ReadBase64Slowly(int octets, Span<byte> destination)
    {
        var written = 0;
        var i = 0;
        while (i < octets && destination.Length - written >= 3)
        {
            var digit = s_base64[_rest[i++]];
            if (digit == Padding)
            {
                // Padding is the end of the data (RFC 2045 section 6.8), whatever follows.
                _rest = default;
                return written + FlushPadded(destination[written..]);
            }

            if (digit == Skip)
                continue;
            _bits = (_bits << 6) | digit;
            if (++_digits == 4)
            {
                destination[written++] = (byte)(_bits >> 16);
                destination[written++] = (byte)(_bits >> 8);
                destination[written++] = (byte)_bits;
                (_bits, _digits) = (0, 0);
                break;
            }
        }

        _rest = _rest[i..];
        if (_rest.IsEmpty)
            written += FlushPadded(destination[written..]);
        return written;
    }

    private int FlushPadded(Span<byte> destination)
    {
        var octets = _digits switch { 2 => 1, 3 => 2, _ => 0 };
        var bits = _bits << ((4 - _digits) * 6);
        for (var i = 0; i < octets; i++)
            destination[i] = (byte)(bits >> (16 - 8 * i));
        (_bits, _digits) = (0, 0);
        return octets;
    }

    private int ReadQuotedPrintable(Span<byte> destination)
    {
        var source = _rest;
        var position = 0;
        var written = 0;
        while (position < source.Length && destination.Length - written >= 8)
        {
            if (source[position] == '=')
            {
                position += ReadEscape(source[position..], destination, ref written);
                continue;
            }

            var window = source.Slice(position, Math.Min(source.Length - position, destination.Length - written));
            var stop = window.IndexOfAny((byte)'=', (byte)'\n');
            var isLineEnd = stop >= 0 && window[stop] == '\n';
            position += stop < 0 ? window.Length : isLineEnd ? stop + 1 : stop;
            var run = stop < 0 ? window : window[..(isLineEnd ? stop + 1 : stop)];
            written += WriteRun(run, isLineEnd || position == source.Length, destination[written..]);
        }

        _rest = source[position..];
        return written;
    }

    private static int WriteRun(ReadOnlySpan<byte> run, bool isLineEnd, Span<byte> destination)
    {
        var text = isLineEnd ? run.TrimEnd("\r\n"u8) : run;
        if (!isLineEnd || text.IsEmpty || text[^1] is not ((byte)' ' or (byte)'\t'))
        {
            run.CopyTo(destination);
            return run.Length;
        }

        // Blanks at the end of a line were added on the way (RFC 2045 section 6.7, rule 3).
        var kept = text.TrimEnd(" \t"u8);
        kept.CopyTo(destination);
        run[text.Length..].CopyTo(destination[kept.Length..]);
        return kept.Length + run.Length - text.Length;
    }

    /// <summary>Reads <c>=XX</c>, a soft line break, or an equals sign that stands for itself; returns what it took.</summary>
    private static int ReadEscape(ReadOnlySpan<byte> source, Span<byte> destination, ref int written)
    {
        if (source.Length >= 3 && (HexDigit(source[1]) << 4 | HexDigit(source[2])) is var octet and >= 0)
        {
            destination[written++] = (byte)octet;
            return 3;
        }

        var blanks = source[1..].IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
        if (blanks < 0)
            return source.Length;
        if (source[1 + blanks] == '\n')
            return blanks + 2;
        destination[written++] = (byte)'=';
        return 1;
    }

    /// <summary>The digit's value, or a negative number that stays negative when another digit joins it.</summary>
    private static int HexDigit(byte digit)
    {
        if ((uint)(digit - '0') <= 9)
            return digit - '0';
        var letter = (digit | 0x20) - 'a';
        return (uint)letter <= 5 ? letter + 10 : int.MinValue >> 4;
    }

    private static byte[] Base64Alphabet()
    {
        var table = new byte[256];
        table.AsSpan().Fill(Skip);
        var digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (var i = 0; i < digits.Length; i++)
            table[digits[i]] = (byte)i;
        table['='] = Padding;
        return table;
    }
}
