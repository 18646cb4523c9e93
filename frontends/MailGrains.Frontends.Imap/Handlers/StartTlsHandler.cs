using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>STARTTLS where there is no TLS to start; where there is, the command loop does it, for it must see what follows the line.</summary>
internal sealed class StartTlsHandler : ICommandHandler<StartTlsCommand>
{
    public ValueTask<Reply> HandleAsync(ImapSession session, StartTlsCommand command) =>
        ValueTask.FromResult(Reply.Bad(session.Connection.Info.Tls is null ? "TLS is not available" : "TLS is active already"));
}
