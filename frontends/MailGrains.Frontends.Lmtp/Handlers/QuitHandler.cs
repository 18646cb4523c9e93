namespace MailGrains.Frontends.Lmtp.Handlers;

internal static class QuitHandler
{
    public static void Handle(LmtpSession session) => session.End("quit", LmtpReplies.Bye);
}
