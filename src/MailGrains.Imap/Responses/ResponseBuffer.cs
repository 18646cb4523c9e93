using System.Buffers;
using System.Buffers.Text;
using System.Text;
using MailGrains.Imap.Syntax;
using MailGrains.Model;

namespace MailGrains.Imap.Responses;

/// <summary>
/// Gathers the small pieces of a response, so that the output is asked for memory once per response instead of once per piece.
/// The memory is the thread's: a connection holds it from a response's first piece to its flush, and none while it is idle.
/// </summary>
internal sealed class ResponseBuffer(IBufferWriter<byte> output)
{
    private const int Size = 4096;
    private const int MaxNumber = 20;
    private const int MaxQuoted = 512;

    [ThreadStatic]
    private static byte[]? t_spare;

    private byte[]? _pieces;
    private int _length;

    public IBufferWriter<byte> Output => output;

    private byte[] Pieces => _pieces ??= Borrow();

    public void Flush()
    {
        if (_pieces is not { } pieces) return;
        output.Write(pieces.AsSpan(0, _length));
        _length = 0;
        _pieces = null;
        t_spare = pieces;
    }

    public void Put(byte octet)
    {
        if (_length == Size) Flush();
        Pieces[_length++] = octet;
    }

    public void Put(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > Size - _length)
        {
            Flush();
            if (octets.Length > Size)
            {
                output.Write(octets);
                return;
            }
        }

        octets.CopyTo(Pieces.AsSpan(_length));
        _length += octets.Length;
    }

    public void Put(long number)
    {
        if (Size - _length < MaxNumber) Flush();
        Utf8Formatter.TryFormat(number, Pieces.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>Room for a piece written in place; <see cref="Advance"/> follows.</summary>
    public Span<byte> Room(int octets)
    {
        if (Size - _length < octets) Flush();
        return Pieces.AsSpan(_length);
    }

    public void Advance(int octets) => _length += octets;

    /// <summary>Text of ours or of a grammar that allows nothing dangerous; what is not printable ASCII becomes <c>?</c>.</summary>
    public void PutText(ReadOnlySpan<char> text)
    {
        foreach (var c in text) Put(c is >= ' ' and <= '~' ? (byte)c : (byte)'?');
    }

    /// <summary>sequence-set of resolved ranges.</summary>
    public void Put(UidSet set)
    {
        var first = true;
        foreach (var range in set.Ranges)
        {
            if (!first) Put((byte)',');
            first = false;
            Put(range.First);
            if (range.Last == range.First) continue;
            Put((byte)':');
            Put(range.Last);
        }
    }

    public void PutFlags(IEnumerable<string> names)
    {
        Put((byte)'(');
        var first = true;
        foreach (var name in names)
        {
            if (!first) Put((byte)' ');
            first = false;
            PutText(name);
        }

        Put((byte)')');
    }

    /// <summary>mailbox, as astring in the encoding in force.</summary>
    public void PutMailbox(string name, bool utf8) => PutAString(EncodeMailbox(name, utf8), allow8Bit: utf8);

    public static byte[] EncodeMailbox(string name, bool utf8) =>
        utf8 ? Encoding.UTF8.GetBytes(name) : Encoding.ASCII.GetBytes(ModifiedUtf7.Encode(name));

    /// <summary>astring: an atom where possible, but never one that reads as NIL.</summary>
    public void PutAString(ReadOnlySpan<byte> octets, bool allow8Bit)
    {
        var atom = octets.Length > 0 && !octets.ContainsAnyExcept(ImapChars.AString) && !Ascii.EqualsIgnoreCase(octets, "NIL"u8);
        if (atom) Put(octets);
        else PutString(octets, allow8Bit);
    }

    /// <summary>string = quoted / literal; a literal8 where NUL leaves no choice.</summary>
    public void PutString(ReadOnlySpan<byte> octets, bool allow8Bit)
    {
        if (!CanQuote(octets, allow8Bit))
        {
            PutLiteralHeader(octets.Length, literal8: octets.Contains((byte)0));
            Put(octets);
            return;
        }

        Put((byte)'"');
        foreach (var c in octets)
        {
            if (c is (byte)'"' or (byte)'\\') Put((byte)'\\');
            Put(c);
        }

        Put((byte)'"');
    }

    private static bool CanQuote(ReadOnlySpan<byte> octets, bool allow8Bit) =>
        octets.Length <= MaxQuoted
        && !octets.ContainsAny("\r\n\0"u8)
        && (Ascii.IsValid(octets) || (allow8Bit && System.Text.Unicode.Utf8.IsValid(octets)));

    public void PutLiteralHeader(long octets, bool literal8)
    {
        if (literal8) Put((byte)'~');
        Put((byte)'{');
        Put(octets);
        Put("}\r\n"u8);
    }

    private static byte[] Borrow()
    {
        var spare = t_spare ?? new byte[Size];
        t_spare = null;
        return spare;
    }
}
