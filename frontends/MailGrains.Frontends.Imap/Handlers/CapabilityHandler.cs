using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>CAPABILITY (RFC 9051 section 6.1.1).</summary>
internal sealed class CapabilityHandler : ICommandHandler<CapabilityCommand>
{
    public ValueTask<Reply> HandleAsync(ImapSession session, CapabilityCommand command)
    {
        session.Writer.Capability(Capabilities.Of(session));
        return ValueTask.FromResult(Reply.Ok("Capabilities listed"));
    }
}
