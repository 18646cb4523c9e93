using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>UNSUBSCRIBE (RFC 9051 section 6.3.8).</summary>
internal sealed class UnsubscribeHandler : ICommandHandler<UnsubscribeCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, UnsubscribeCommand command)
    {
        if (!command.Mailbox.IsValid) return Reply.No("No such mailbox", ResponseCodes.NonExistent);
        await session.Mailbox.CallAsync((grain, id) => grain.SubscribeAsync(id, command.Mailbox.Value, false), CallKinds.Change, session.Aborted);
        return Reply.Ok("UNSUBSCRIBE done");
    }
}
