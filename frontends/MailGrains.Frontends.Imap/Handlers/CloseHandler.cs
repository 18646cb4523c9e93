using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>CLOSE (RFC 9051 section 6.4.1): expunges without telling, unless read-only, and leaves the mailbox.</summary>
internal sealed class CloseHandler : ICommandHandler<CloseCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, CloseCommand command)
    {
        if (!session.View.ReadOnly)
            await session.Mailbox.CallAsync((grain, id) => grain.ExpungeAsync(id, new ExpungeRequest()), CallKinds.Change, session.Aborted);
        session.Deselected();
        try
        {
            await session.Mailbox.CallAsync((grain, id) => grain.UnselectAsync(id), CallKinds.Repeatable, session.Aborted);
        }
        catch (MailboxException refused) when (refused.IsTemporary)
        {
            // The messages are gone, and a session that is opened anew selects nothing.
        }

        return Reply.Done("CLOSE done");
    }
}
