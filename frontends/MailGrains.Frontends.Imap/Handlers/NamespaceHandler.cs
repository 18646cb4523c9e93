using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>NAMESPACE (RFC 9051 section 6.3.10): one personal namespace.</summary>
internal sealed class NamespaceHandler : ICommandHandler<NamespaceCommand>
{
    public ValueTask<Reply> HandleAsync(ImapSession session, NamespaceCommand command)
    {
        session.Writer.Namespace("", '/');
        return ValueTask.FromResult(Reply.Ok("NAMESPACE done"));
    }
}
