using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>CHECK (RFC 3501 section 6.4.1): nothing is ever pending here, so it is NOOP.</summary>
internal sealed class CheckHandler : ICommandHandler<CheckCommand>
{
    public ValueTask<Reply> HandleAsync(ImapSession session, CheckCommand command) => ValueTask.FromResult(Reply.Ok("CHECK done"));
}
