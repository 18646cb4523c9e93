namespace MailGrains.Frontends.Lmtp.Handlers;

internal static class RsetHandler
{
    public static void Handle(LmtpSession session)
    {
        session.Reset();
        session.Reply(LmtpReplies.Ok);
    }
}
