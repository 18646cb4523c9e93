using System.Text;

namespace MailGrains.Mime.Tests;

/// <summary>
/// A strict reader of what FETCH answers (RFC 9051 section 9): one space between items, none elsewhere but between the
/// parts of a multipart and the addresses of a list, which stand together; quoted strings of ASCII without CR, LF and NUL;
/// literals with their exact length.
/// </summary>
internal sealed class ImapReader(byte[] bytes)
{
    private int _position;

    public static ImapNode Read(ReadOnlySpan<byte> text)
    {
        var reader = new ImapReader(text.ToArray());
        var node = reader.ReadNode();
        if (reader._position != text.Length)
            throw reader.Error("trailing octets");
        return node;
    }

    private ImapNode ReadNode() => bytes[_position] switch
    {
        (byte)'(' => ReadList(),
        (byte)'"' => new ImapNode(null, ReadQuoted(), null),
        (byte)'{' => new ImapNode(null, ReadLiteral(), null),
        (byte)'N' => ReadNil(),
        _ => new ImapNode(null, null, ReadNumber()),
    };

    private ImapNode ReadList()
    {
        Expect('(');
        var items = new List<ImapNode> { ReadNode() };
        while (bytes[_position] != ')')
        {
            // Lists may touch: bodies in a multipart, addresses in a list.
            if (items[^1].Items is null || bytes[_position] != '(')
                Expect(' ');
            items.Add(ReadNode());
        }

        Expect(')');
        return new ImapNode(items, null, null);
    }

    private byte[] ReadQuoted()
    {
        Expect('"');
        var text = new List<byte>();
        while (bytes[_position] != '"')
        {
            var octet = bytes[_position++];
            if (octet is 0 or (byte)'\r' or (byte)'\n' or >= 0x80)
                throw Error($"octet {octet} in a quoted string");
            if (octet == '\\' && (octet = bytes[_position++]) is not ((byte)'"' or (byte)'\\'))
                throw Error("a needless escape");
            text.Add(octet);
        }

        Expect('"');
        return [.. text];
    }

    private byte[] ReadLiteral()
    {
        Expect('{');
        var length = (int)ReadNumber();
        foreach (var expected in "}\r\n")
            Expect(expected);
        var text = bytes.AsSpan(_position, length).ToArray();
        if (text.Contains((byte)0))
            throw Error("NUL in a literal");
        _position += length;
        return text;
    }

    private ImapNode ReadNil()
    {
        foreach (var expected in "NIL")
            Expect(expected);
        return new ImapNode(null, null, null);
    }

    private uint ReadNumber()
    {
        var start = _position;
        while (char.IsAsciiDigit((char)bytes[_position]))
            _position++;
        return uint.TryParse(bytes.AsSpan(start, _position - start), out var number) ? number : throw Error("no number");
    }

    private void Expect(char expected)
    {
        if (bytes[_position] != expected)
            throw Error($"'{expected}' expected");
        _position++;
    }

    private InvalidDataException Error(string what) =>
        new($"{what} at {_position} of {Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 2000)))}");
}
