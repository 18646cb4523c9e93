using System.Buffers;
using System.Text;

namespace MailGrains.Lmtp;

/// <summary>
/// Parses the paths of MAIL and RCPT (RFC 5321 section 4.1.2, RFC 6531 section 3.3 for UTF-8). Source routes are read and
/// forgotten, as the RFC wants. Control characters are never part of an address, quoted or not.
/// </summary>
internal static class MailPathParser
{
    // Longer than the RFC's 64: mailing lists put a whole encoded recipient into their senders' local part.
    private const int LongestLocalPart = 256;
    private const int LongestDomain = 255;

    private static readonly SearchValues<byte> s_atext =
        SearchValues.Create("!#$%&'*+-/0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static readonly SearchValues<byte> s_domain =
        SearchValues.Create("-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> s_literal =
        SearchValues.Create("-.:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    public static bool IsAtext(byte octet) => s_atext.Contains(octet);

    /// <summary>
    /// <c>Path = "&lt;" [ A-d-l ":" ] Mailbox "&gt;"</c>; <c>&lt;&gt;</c> gives <see cref="MailPath.Null"/>, and a path without a
    /// domain is left to the caller to judge.
    /// </summary>
    /// <returns>The octets taken, or 0 when there is no valid path at the start of <paramref name="input"/>.</returns>
    public static int TryParse(ReadOnlySpan<byte> input, out MailPath path)
    {
        path = MailPath.Null;
        if (input.IsEmpty || input[0] != '<')
            return 0;
        if (input.StartsWith("<>"u8))
            return 2;

        var position = 1;
        if (!SkipSourceRoute(input, ref position)
            || !TryLocalPart(input, ref position, out var local)
            || !TryDomain(input, ref position, out var domain)
            || position >= input.Length || input[position] != '>')
            return 0;

        path = new MailPath(local, domain);
        return position + 1;
    }

    // A-d-l = "@" Domain *( "," "@" Domain )
    private static bool SkipSourceRoute(ReadOnlySpan<byte> input, ref int position)
    {
        if (position >= input.Length || input[position] != '@')
            return true;
        var colon = input[position..].IndexOf((byte)':');
        if (colon < 0 || input[position..(position + colon)].IndexOfAny((byte)'>', (byte)'"') >= 0)
            return false;
        position += colon + 1;
        return true;
    }

    // Local-part = Dot-string / Quoted-string
    private static bool TryLocalPart(ReadOnlySpan<byte> input, ref int position, out string local)
    {
        local = "";
        return position < input.Length && input[position] == '"'
            ? TryQuoted(input, ref position, out local)
            : TryDotString(input, ref position, out local);
    }

    // Dot-string = Atom *( "." Atom )
    private static bool TryDotString(ReadOnlySpan<byte> input, ref int position, out string local)
    {
        local = "";
        var rest = input[position..];
        var length = 0;
        while (length < rest.Length && (rest[length] == '.' || rest[length] >= 0x80 || IsAtext(rest[length])))
            length++;

        var text = rest[..length];
        if (length is 0 or > LongestLocalPart || text[0] == '.' || text[^1] == '.' || text.IndexOf(".."u8) >= 0)
            return false;
        position += length;
        return TryDecode(text, out local);
    }

    // Quoted-string = DQUOTE *( qtextSMTP / quoted-pairSMTP ) DQUOTE
    private static bool TryQuoted(ReadOnlySpan<byte> input, ref int position, out string local)
    {
        local = "";
        Span<byte> plain = stackalloc byte[LongestLocalPart];
        var length = 0;
        for (var i = position + 1; i < input.Length; i++)
        {
            var octet = input[i];
            if (octet == '"')
            {
                position = i + 1;
                return length > 0 && TryDecode(plain[..length], out local);
            }

            if (octet == '\\' && ++i < input.Length)
                octet = input[i];
            if (octet is < 0x20 or 0x7F || length == plain.Length)
                return false;
            plain[length++] = octet;
        }

        return false;
    }

    // "@" ( Domain / address-literal ); nothing at all is allowed for <Postmaster>
    private static bool TryDomain(ReadOnlySpan<byte> input, ref int position, out string domain)
    {
        domain = "";
        if (position >= input.Length || input[position] != '@')
            return true;

        var rest = input[(position + 1)..];
        var literal = !rest.IsEmpty && rest[0] == '[';
        var length = literal ? LiteralLength(rest) : DomainLength(rest);
        if (length is 0 or > LongestDomain)
            return false;
        position += 1 + length;
        return TryDecode(rest[..length], out domain);
    }

    private static int LiteralLength(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)']');
        return end > 1 && rest[1..end].IndexOfAnyExcept(s_literal) < 0 ? end + 1 : 0;
    }

    private static int DomainLength(ReadOnlySpan<byte> rest)
    {
        var length = 0;
        while (length < rest.Length && (rest[length] >= 0x80 || s_domain.Contains(rest[length])))
            length++;
        var text = rest[..length];
        return length == 0 || text[0] is (byte)'.' or (byte)'-' || text.IndexOf(".."u8) >= 0 ? 0 : length;
    }

    private static bool TryDecode(ReadOnlySpan<byte> octets, out string text)
    {
        text = "";
        if (!System.Text.Unicode.Utf8.IsValid(octets))
            return false;
        text = Encoding.UTF8.GetString(octets);
        foreach (var c in text)
        {
            // C1 controls and the like arrive as UTF-8 and are no more welcome than their ASCII kin.
            if (char.IsControl(c))
                return false;
        }

        return true;
    }
}
