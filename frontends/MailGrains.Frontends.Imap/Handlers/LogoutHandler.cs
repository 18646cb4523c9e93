using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>LOGOUT (RFC 9051 section 6.1.3): BYE, then OK.</summary>
internal sealed class LogoutHandler : ICommandHandler<LogoutCommand>
{
    public ValueTask<Reply> HandleAsync(ImapSession session, LogoutCommand command)
    {
        session.Bye("Logging out");
        session.Connection.EndReason = "logged out";
        return ValueTask.FromResult(Reply.Done("LOGOUT done"));
    }
}
