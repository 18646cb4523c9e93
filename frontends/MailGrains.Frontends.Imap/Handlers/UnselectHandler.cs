using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>UNSELECT (RFC 9051 section 6.4.2): leaves the mailbox and expunges nothing.</summary>
internal sealed class UnselectHandler : ICommandHandler<UnselectCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, UnselectCommand command)
    {
        session.Deselected();
        await session.Mailbox.CallAsync((grain, id) => grain.UnselectAsync(id), CallKinds.Repeatable, session.Aborted);
        return Reply.Done("UNSELECT done");
    }
}
