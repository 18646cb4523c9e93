namespace MailGrains.Lmtp.Commands;

/// <summary><c>STARTTLS</c> (RFC 3207 section 4).</summary>
public sealed record StartTlsCommand() : LmtpCommand(LmtpVerb.StartTls)
{
    private static readonly StartTlsCommand s_instance = new();

    // "STARTTLS" CRLF
    internal static LmtpCommand? Parse(ReadOnlySpan<byte> arguments, ref LmtpReply? refusal) =>
        LmtpParser.Bare(s_instance, arguments, ref refusal);
}
