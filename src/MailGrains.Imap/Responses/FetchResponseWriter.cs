using System.Buffers.Text;
using System.Text;
using MailGrains.Model;

namespace MailGrains.Imap.Responses;

/// <summary>
/// Writes <c>message-data = nz-number SP "FETCH" SP msg-att</c> (RFC 9051 section 7.5.2): <see cref="Begin"/>, any items,
/// <see cref="End"/>; without an item there is no response, for the grammar knows no empty one. Allocates nothing per row. A
/// large body is streamed: <see cref="BeginLiteral"/> leaves the output right behind the literal's header; the caller writes
/// exactly so many octets to it and goes on here.
/// </summary>
public sealed class FetchResponseWriter
{
    private const int DateLength = 28;
    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly ResponseBuffer _buffer;
    private readonly FlagsRenderer _flags = new();
    private uint _sequence;
    private bool _first;

    internal FetchResponseWriter(ResponseBuffer buffer) => _buffer = buffer;

    public void Begin(uint sequence)
    {
        _sequence = sequence;
        _first = true;
    }

    public void End()
    {
        if (_first) return;
        _buffer.Put(")\r\n"u8);
        _buffer.Flush();
    }

    public void Uid(uint uid) => Number("UID "u8, uid);

    public void Rfc822Size(long octets) => Number("RFC822.SIZE "u8, octets);

    /// <summary>FLAGS; <paramref name="recent"/> adds \Recent (RFC 3501 only).</summary>
    public void Flags(MessageFlags flags, KeywordTable keywords, bool recent = false)
    {
        Separate();
        _buffer.Put(_flags.Render(flags, keywords, recent));
    }

    /// <summary>MODSEQ SP "(" mod-sequence-value ")" (RFC 7162)</summary>
    public void ModSeq(long modSeq)
    {
        Number("MODSEQ ("u8, modSeq);
        _buffer.Put((byte)')');
    }

    /// <summary>INTERNALDATE SP date-time, in UTC.</summary>
    public void InternalDate(long secondsSince1970) => Date("INTERNALDATE "u8, secondsSince1970);

    /// <summary>SAVEDATE SP (date-time / nil) (RFC 8514)</summary>
    public void SaveDate(long? secondsSince1970)
    {
        if (secondsSince1970 is { } seconds) Date("SAVEDATE "u8, seconds);
        else Rendered("SAVEDATE NIL"u8);
    }

    /// <summary>EMAILID SP "(" objectid ")" (RFC 8474); the caller vouches for the characters.</summary>
    public void EmailId(ReadOnlySpan<byte> objectId) => ObjectId("EMAILID "u8, objectId);

    /// <summary>THREADID SP ("(" objectid ")" / nil) (RFC 8474); empty for NIL.</summary>
    public void ThreadId(ReadOnlySpan<byte> objectId) => ObjectId("THREADID "u8, objectId);

    /// <summary>ENVELOPE, rendered before.</summary>
    public void Envelope(ReadOnlySpan<byte> rendered) => Item("ENVELOPE "u8, rendered);

    /// <summary>BODY without section, rendered before.</summary>
    public void Body(ReadOnlySpan<byte> rendered) => Item("BODY "u8, rendered);

    /// <summary>BODYSTRUCTURE, rendered before.</summary>
    public void BodyStructure(ReadOnlySpan<byte> rendered) => Item("BODYSTRUCTURE "u8, rendered);

    /// <summary>BINARY.SIZE under the item's label.</summary>
    public void BinarySize(ReadOnlySpan<byte> label, uint octets)
    {
        Item(label, " "u8);
        _buffer.Put(octets);
    }

    /// <summary>A section or RFC822… item under its label, as a literal.</summary>
    public void Literal(ReadOnlySpan<byte> label, ReadOnlySpan<byte> octets)
    {
        LiteralStart(label, octets.Length, literal8: false);
        _buffer.Put(octets);
    }

    /// <summary>A BINARY section: literal8 only where NUL occurs (RFC 3516 section 4.2).</summary>
    public void Binary(ReadOnlySpan<byte> label, ReadOnlySpan<byte> octets)
    {
        LiteralStart(label, octets.Length, literal8: octets.Contains((byte)0));
        _buffer.Put(octets);
    }

    /// <summary>
    /// Label and header of a literal whose octets the caller writes to the output itself; <paramref name="literal8"/> for
    /// BINARY that may hold NUL.
    /// </summary>
    public void BeginLiteral(ReadOnlySpan<byte> label, long octets, bool literal8 = false)
    {
        LiteralStart(label, octets, literal8);
        _buffer.Flush();
    }

    /// <summary>The item does not exist: NIL.</summary>
    public void Nil(ReadOnlySpan<byte> label) => Item(label, " NIL"u8);

    /// <summary>The item is there but holds nothing, such as a partial behind the end.</summary>
    public void Empty(ReadOnlySpan<byte> label) => Item(label, " \"\""u8);

    /// <summary>One or more items, complete with names and separating spaces.</summary>
    public void Rendered(ReadOnlySpan<byte> items)
    {
        Separate();
        _buffer.Put(items);
    }

    private void LiteralStart(ReadOnlySpan<byte> label, long octets, bool literal8)
    {
        Item(label, " "u8);
        _buffer.PutLiteralHeader(octets, literal8);
    }

    private void Item(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Separate();
        _buffer.Put(name);
        _buffer.Put(value);
    }

    private void Number(ReadOnlySpan<byte> name, long value)
    {
        Separate();
        _buffer.Put(name);
        _buffer.Put(value);
    }

    private void ObjectId(ReadOnlySpan<byte> name, ReadOnlySpan<byte> objectId)
    {
        Separate();
        _buffer.Put(name);
        if (objectId.IsEmpty)
        {
            _buffer.Put("NIL"u8);
            return;
        }

        _buffer.Put((byte)'(');
        _buffer.Put(objectId);
        _buffer.Put((byte)')');
    }

    /// <summary>date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE</summary>
    private void Date(ReadOnlySpan<byte> name, long secondsSince1970)
    {
        Separate();
        _buffer.Put(name);
        var date = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(secondsSince1970, FirstSecond, LastSecond));
        var room = _buffer.Room(DateLength);
        "\"00-Jan-0000 00:00:00 +0000\""u8.CopyTo(room);
        if (date.Day < 10) room[1] = (byte)' ';
        else TwoDigits(room[1..], date.Day);
        room[2] = (byte)('0' + date.Day % 10);
        "JanFebMarAprMayJunJulAugSepOctNovDec"u8.Slice(3 * (date.Month - 1), 3).CopyTo(room[4..]);
        TwoDigits(room[8..], date.Year / 100);
        TwoDigits(room[10..], date.Year % 100);
        TwoDigits(room[13..], date.Hour);
        TwoDigits(room[16..], date.Minute);
        TwoDigits(room[19..], date.Second);
        _buffer.Advance(DateLength);
    }

    private static void TwoDigits(Span<byte> room, int value)
    {
        room[0] = (byte)('0' + value / 10);
        room[1] = (byte)('0' + value % 10);
    }

    private void Separate()
    {
        if (!_first)
        {
            _buffer.Put((byte)' ');
            return;
        }

        _first = false;
        _buffer.Put("* "u8);
        _buffer.Put(_sequence);
        _buffer.Put(" FETCH ("u8);
    }
}
