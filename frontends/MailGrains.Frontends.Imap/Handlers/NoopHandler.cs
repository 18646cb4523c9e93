using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>NOOP (RFC 9051 section 6.1.2): the reply tells what changed.</summary>
internal sealed class NoopHandler : ICommandHandler<NoopCommand>
{
    public ValueTask<Reply> HandleAsync(ImapSession session, NoopCommand command) => ValueTask.FromResult(Reply.Ok("NOOP done"));
}
