using MailGrains.Lmtp.Commands;

namespace MailGrains.Frontends.Lmtp.Handlers;

internal static class MailHandler
{
    public static void Handle(LmtpSession session, MailCommand command)
    {
        if (command.Size > session.Services.Options.MaxMessageSize)
        {
            session.Refuse(LmtpReplies.TooBig);
            return;
        }

        session.Begin(command);
        session.Reply(LmtpReplies.SenderOk);
    }
}
