namespace MailGrains.Lmtp.Commands;

/// <summary><c>VRFY</c> (RFC 5321 section 4.1.1.6). Who exists is told to nobody, so the name is not even kept.</summary>
public sealed record VrfyCommand() : LmtpCommand(LmtpVerb.Vrfy)
{
    private static readonly VrfyCommand s_instance = new();
    private static readonly LmtpReply s_name = new(501, "5.5.4", "VRFY wants a name");

    // "VRFY" SP String CRLF
    internal static LmtpCommand? Parse(ReadOnlySpan<byte> arguments, ref LmtpReply? refusal) =>
        arguments.IsEmpty ? LmtpParser.Refuse(s_name, ref refusal) : s_instance;
}
