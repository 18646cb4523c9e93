namespace MailGrains.Lmtp.Commands;

/// <summary><c>QUIT</c> (RFC 5321 section 4.1.1.10).</summary>
public sealed record QuitCommand() : LmtpCommand(LmtpVerb.Quit)
{
    private static readonly QuitCommand s_instance = new();

    // "QUIT" CRLF
    internal static LmtpCommand? Parse(ReadOnlySpan<byte> arguments, ref LmtpReply? refusal) =>
        LmtpParser.Bare(s_instance, arguments, ref refusal);
}
