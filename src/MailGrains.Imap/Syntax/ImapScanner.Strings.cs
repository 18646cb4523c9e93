using System.Text;
using MailGrains.Wire;

namespace MailGrains.Imap.Syntax;

internal ref partial struct ImapScanner
{
    /// <summary>
    /// astring = 1*ASTRING-CHAR / string. 8-bit octets in a quoted string are taken as they are, also before ENABLE
    /// (RFC 9051 section 4.3 forbids them to the client there): what the octets mean is decided where they are decoded.
    /// </summary>
    public ReadOnlySpan<byte> AString()
    {
        if (Peek is '"' or '{') return String();
        return Run(ImapChars.AString, "Expected a string");
    }

    /// <summary>string = quoted / literal</summary>
    public ReadOnlySpan<byte> String() => Peek switch
    {
        '"' => Quoted(),
        '{' => Literal(),
        _ => Missing("Expected a string"),
    };

    /// <summary>Decodes an astring as UTF-8; other octets are BAD.</summary>
    public string AStringText() => Text(AString());

    public string StringText() => Text(String());

    /// <summary>nstring = string / nil</summary>
    public string? NStringText() => TryWord("NIL"u8) ? null : StringText();

    /// <summary>mailbox = "INBOX" / astring</summary>
    public MailboxName Mailbox()
    {
        var octets = AString();
        return Failed ? default : MailboxName.Decode(octets, options.Utf8);
    }

    /// <summary>list-mailbox = 1*list-char / string</summary>
    public MailboxName ListMailbox()
    {
        var octets = Peek is '"' or '{' ? String() : Run(ImapChars.ListMailbox, "Expected a mailbox pattern");
        return Failed ? default : MailboxName.Decode(octets, options.Utf8);
    }

    /// <summary>flag = "\Answered" / … / flag-keyword / flag-extension; \Recent is not the client's to set.</summary>
    public string Flag()
    {
        var start = _position;
        TryTake((byte)'\\');
        Atom();
        var name = Encoding.ASCII.GetString(Since(start));
        if (name.Equals(@"\Recent", StringComparison.OrdinalIgnoreCase)) Fail(@"\Recent cannot be set");
        return name;
    }

    private string Text(ReadOnlySpan<byte> octets)
    {
        if (Charsets.Utf8(octets) is { } text) return text;
        Fail("Text is not valid UTF-8");
        return "";
    }

    private ReadOnlySpan<byte> Run(System.Buffers.SearchValues<byte> allowed, string missing)
    {
        var rest = _data[_position..];
        var length = rest.IndexOfAnyExcept(allowed);
        if (length < 0) length = rest.Length;
        if (length == 0) return Missing(missing);
        _position += length;
        return rest[..length];
    }

    private ReadOnlySpan<byte> Missing(string what)
    {
        Fail(what);
        return default;
    }

    /// <summary>quoted = DQUOTE *QUOTED-CHAR DQUOTE; only DQUOTE and backslash may be escaped.</summary>
    private ReadOnlySpan<byte> Quoted()
    {
        var rest = _data[(_position + 1)..];
        var stop = rest.IndexOfAny(ImapChars.QuotedStop);
        if (stop >= 0 && rest[stop] == '"')
        {
            _position += stop + 2;
            return rest[..stop];
        }

        return stop >= 0 && rest[stop] == '\\' ? Unescape(rest) : Missing("Unterminated quoted string");
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> rest)
    {
        var text = new byte[rest.Length];
        var length = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            var c = rest[i];
            if (c == '"')
            {
                _position += i + 2;
                return text.AsSpan(0, length);
            }

            if (c is 0 or (byte)'\r' or (byte)'\n') break;
            if (c == '\\' && (++i == rest.Length || (c = rest[i]) is not ((byte)'"' or (byte)'\\'))) break;
            text[length++] = c;
        }

        return Missing("Malformed quoted string");
    }

    /// <summary>literal = "{" number ["+"] "}" CRLF *CHAR8; CHAR8 leaves NUL out.</summary>
    private ReadOnlySpan<byte> Literal()
    {
        var rest = _data[_position..];
        var close = rest[..Math.Min(rest.Length, LiteralHeader.MaxLength)].IndexOf((byte)'}');
        if (close < 0 || close + 3 > rest.Length || rest[close + 1] != '\r' || rest[close + 2] != '\n') return Missing("Malformed literal");
        var header = LiteralHeader.Parse(rest[..(close + 1)]);
        var start = close + 3;
        if (header.Length != close + 1 || header.Octets > rest.Length - start) return Missing("Malformed literal");

        var octets = rest.Slice(start, header.Octets);
        if (octets.Contains((byte)0)) return Missing("NUL in a literal");
        _position += start + header.Octets;
        return octets;
    }
}
