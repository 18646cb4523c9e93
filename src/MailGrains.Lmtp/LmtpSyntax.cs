namespace MailGrains.Lmtp;

/// <summary>The replies of the parser that several commands share.</summary>
internal static class LmtpSyntax
{
    public static readonly LmtpReply NoArguments = new(501, "5.5.4", "This command takes no argument");
    public static readonly LmtpReply BadParameter = new(501, "5.5.4", "Malformed or repeated parameter");
    public static readonly LmtpReply UnknownParameter = new(555, "5.5.4", "Parameter not known or not supported");
}
