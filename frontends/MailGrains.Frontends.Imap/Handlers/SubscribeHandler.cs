using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>SUBSCRIBE (RFC 9051 section 6.3.7).</summary>
internal sealed class SubscribeHandler : ICommandHandler<SubscribeCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, SubscribeCommand command)
    {
        if (!command.Mailbox.IsValid) return Reply.No("No such mailbox", ResponseCodes.NonExistent);
        await session.Mailbox.CallAsync((grain, id) => grain.SubscribeAsync(id, command.Mailbox.Value, true), CallKinds.Change, session.Aborted);
        return Reply.Ok("SUBSCRIBE done");
    }
}
