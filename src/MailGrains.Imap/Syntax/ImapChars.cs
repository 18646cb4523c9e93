using System.Buffers;

namespace MailGrains.Imap.Syntax;

/// <summary>The character classes of RFC 9051 section 9.</summary>
internal static class ImapChars
{
    private const string AtomText = "!#$&'+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[^_`abcdefghijklmnopqrstuvwxyz|}~";

    /// <summary>ATOM-CHAR</summary>
    public static readonly SearchValues<byte> Atom = SearchValues.Create(Bytes(AtomText));

    /// <summary>ASTRING-CHAR = ATOM-CHAR / resp-specials</summary>
    public static readonly SearchValues<byte> AString = SearchValues.Create(Bytes(AtomText + "]"));

    /// <summary>list-char = ATOM-CHAR / list-wildcards / resp-specials</summary>
    public static readonly SearchValues<byte> ListMailbox = SearchValues.Create(Bytes(AtomText + "]%*"));

    /// <summary>QUOTED-CHAR that need no second look: not DQUOTE, backslash, CR, LF, NUL.</summary>
    public static readonly SearchValues<byte> QuotedStop = SearchValues.Create("\"\\\r\n\0"u8);

    private static readonly SearchValues<byte> Tag = SearchValues.Create(Bytes(AtomText.Replace("+", "", StringComparison.Ordinal) + "]"));

    public static bool IsAtom(byte c) => Atom.Contains(c);

    public static bool IsAString(byte c) => AString.Contains(c);

    public static bool IsTag(byte c) => Tag.Contains(c);

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
