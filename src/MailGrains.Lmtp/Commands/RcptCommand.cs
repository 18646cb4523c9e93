using System.Text;

namespace MailGrains.Lmtp.Commands;

/// <summary><c>RCPT TO</c> (RFC 5321 section 4.1.1.3).</summary>
/// <param name="Recipient">The forward-path; its domain is empty for <c>&lt;Postmaster&gt;</c> alone.</param>
public sealed record RcptCommand(MailPath Recipient) : LmtpCommand(LmtpVerb.Rcpt)
{
    private static readonly LmtpReply s_path = new(501, "5.1.3", "RCPT TO wants an address in angle brackets");

    // "RCPT TO:" ( "<Postmaster>" / Forward-path ) [SP Rcpt-parameters] CRLF; no parameter is offered.
    internal static LmtpCommand? Parse(ReadOnlySpan<byte> arguments, ref LmtpReply? refusal)
    {
        var prefix = "TO:"u8;
        if (arguments.Length < prefix.Length || !Ascii.EqualsIgnoreCase(arguments[..prefix.Length], prefix))
            return LmtpParser.Refuse(s_path, ref refusal);

        arguments = arguments[prefix.Length..].TrimStart((byte)' ');
        var taken = MailPathParser.TryParse(arguments, out var recipient);
        if (taken == 0 || recipient.IsNull || (recipient.Domain.Length == 0 && !IsPostmaster(recipient)))
            return LmtpParser.Refuse(s_path, ref refusal);

        var parameters = new LmtpParameters(arguments[taken..]);
        if (parameters.MoveNext())
            return LmtpParser.Refuse(LmtpSyntax.UnknownParameter, ref refusal);
        return parameters.Malformed ? LmtpParser.Refuse(LmtpSyntax.BadParameter, ref refusal) : new RcptCommand(recipient);
    }

    private static bool IsPostmaster(MailPath path) => path.LocalPart.Equals("postmaster", StringComparison.OrdinalIgnoreCase);
}
