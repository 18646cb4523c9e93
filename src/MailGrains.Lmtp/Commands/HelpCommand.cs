namespace MailGrains.Lmtp.Commands;

/// <summary><c>HELP</c>, with any argument (RFC 5321 section 4.1.1.8).</summary>
public sealed record HelpCommand() : LmtpCommand(LmtpVerb.Help)
{
    public static HelpCommand Instance { get; } = new();
}
