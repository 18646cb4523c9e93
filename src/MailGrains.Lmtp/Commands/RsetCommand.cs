namespace MailGrains.Lmtp.Commands;

/// <summary><c>RSET</c> (RFC 5321 section 4.1.1.5).</summary>
public sealed record RsetCommand() : LmtpCommand(LmtpVerb.Rset)
{
    private static readonly RsetCommand s_instance = new();

    // "RSET" CRLF
    internal static LmtpCommand? Parse(ReadOnlySpan<byte> arguments, ref LmtpReply? refusal) =>
        LmtpParser.Bare(s_instance, arguments, ref refusal);
}
