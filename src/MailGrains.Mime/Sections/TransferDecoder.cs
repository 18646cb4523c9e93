using System.Buffers;
using System.Buffers.Text;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Sections;

/// <summary>
/// Removes a Content-Transfer-Encoding, a buffer at a time. Any input decodes to something: characters outside the base64
/// alphabet are skipped (RFC 2045 section 6.8), an <c>=</c> that starts no escape stands for itself (section 6.7).
/// </summary>
internal ref struct TransferDecoder
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
        var window = _rest[..Math.Min(_rest.Length, destination.Length)];
        var stop = window.IndexOfAny((byte)'=', (byte)'\n');
        var run = stop < 0 ? window.Length : stop;
        if (run > destination.Length - 2)
            return ReadPlainRun(destination.Length - 2, destination);
        if (stop >= 0 && _rest[stop] == '=')
        {
            _rest[..run].CopyTo(destination);
            _rest = _rest[run..];
            return run + ReadEscape(destination[run..]);
        }

        // Blanks at the end of a line were added on the way (RFC 2045 section 6.7, rule 3).
        var hasCr = stop > 0 && _rest[stop - 1] == '\r';
        var text = _rest[..(hasCr ? run - 1 : run)].TrimEnd(" \t"u8);
        text.CopyTo(destination);
        var written = text.Length;
        if (hasCr)
            destination[written++] = (byte)'\r';
        if (stop >= 0)
            destination[written++] = (byte)'\n';
        _rest = _rest[(stop < 0 ? run : run + 1)..];
        return written;
    }

    private int ReadPlainRun(int length, Span<byte> destination)
    {
        _rest[..length].CopyTo(destination);
        _rest = _rest[length..];
        return length;
    }

    private int ReadEscape(Span<byte> destination)
    {
        if (_rest.Length >= 3 && char.IsAsciiHexDigit((char)_rest[1]) && char.IsAsciiHexDigit((char)_rest[2]))
        {
            destination[0] = (byte)((HexValue(_rest[1]) << 4) | HexValue(_rest[2]));
            _rest = _rest[3..];
            return 1;
        }

        var blanks = _rest[1..].IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
        if (blanks < 0 || _rest[1 + blanks] == '\n')
        {
            _rest = blanks < 0 ? default : _rest[(blanks + 2)..];
            return 0;
        }

        destination[0] = (byte)'=';
        _rest = _rest[1..];
        return 1;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

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
