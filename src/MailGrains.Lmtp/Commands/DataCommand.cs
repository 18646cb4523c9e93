namespace MailGrains.Lmtp.Commands;

/// <summary><c>DATA</c> (RFC 5321 section 4.1.1.4).</summary>
public sealed record DataCommand() : LmtpCommand(LmtpVerb.Data)
{
    private static readonly DataCommand s_instance = new();

    // "DATA" CRLF
    internal static LmtpCommand? Parse(ReadOnlySpan<byte> arguments, ref LmtpReply? refusal) =>
        LmtpParser.Bare(s_instance, arguments, ref refusal);
}
