namespace MailGrains.Lmtp.Commands;

/// <summary><c>NOOP</c>, with any argument (RFC 5321 section 4.1.1.9).</summary>
public sealed record NoopCommand() : LmtpCommand(LmtpVerb.Noop)
{
    public static NoopCommand Instance { get; } = new();
}
