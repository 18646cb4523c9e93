using System.Buffers.Text;
using System.Text;

namespace MailGrains.Lmtp.Commands;

/// <summary><c>BDAT</c> (RFC 3030 section 2). Exactly <paramref name="Size"/> octets follow the line, whatever is answered.</summary>
public sealed record BdatCommand(long Size, bool Last) : LmtpCommand(LmtpVerb.Bdat)
{
    /// <summary>
    /// The answer to a size that cannot be read. Where the next command begins is then unknown, so the connection must
    /// be closed after it: going on would run message text as commands.
    /// </summary>
    public static readonly LmtpReply BadSize = new(501, "5.5.4", "BDAT wants a number of octets");

    private static readonly LmtpReply s_empty = new(501, "5.5.4", "An empty chunk is only allowed as the LAST one");

    // "BDAT" SP chunk-size [ SP "LAST" ] CRLF ; chunk-size = 1*DIGIT
    internal static LmtpCommand? Parse(ReadOnlySpan<byte> arguments, ref LmtpReply? refusal)
    {
        var space = arguments.IndexOf((byte)' ');
        var digits = space < 0 ? arguments : arguments[..space];
        var end = space < 0 ? [] : arguments[(space + 1)..].TrimStart((byte)' ');
        var last = Ascii.EqualsIgnoreCase(end, "LAST"u8);
        if (digits.IsEmpty || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0
            || !Utf8Parser.TryParse(digits, out long size, out var used) || used != digits.Length || (!end.IsEmpty && !last))
            return LmtpParser.Refuse(BadSize, ref refusal);

        return size == 0 && !last ? LmtpParser.Refuse(s_empty, ref refusal) : new BdatCommand(size, last);
    }
}
