using System.Buffers;
using System.Text;

namespace MailGrains.Lmtp.Commands;

/// <summary><c>LHLO</c> (RFC 2033 section 4.1).</summary>
/// <param name="Name">What the client calls itself: a domain or an address literal.</param>
public sealed record LhloCommand(string Name) : LmtpCommand(LmtpVerb.Lhlo)
{
    private const int LongestName = 255;

    private static readonly SearchValues<byte> s_forbidden = SearchValues.Create(" <>()\\\""u8);
    private static readonly LmtpReply s_name = new(501, "5.5.4", "LHLO wants one domain name");

    // "LHLO" SP ( Domain / address-literal ) CRLF; any printable word is taken, since nothing depends on it.
    internal static LmtpCommand? Parse(ReadOnlySpan<byte> arguments, ref LmtpReply? refusal)
    {
        if (arguments.IsEmpty || arguments.Length > LongestName
            || arguments.IndexOfAny(s_forbidden) >= 0 || !System.Text.Unicode.Utf8.IsValid(arguments))
            return LmtpParser.Refuse(s_name, ref refusal);
        return new LhloCommand(Encoding.UTF8.GetString(arguments));
    }
}
