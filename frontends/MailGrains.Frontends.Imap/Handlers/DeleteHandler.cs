using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>DELETE (RFC 9051 section 6.3.5).</summary>
internal sealed class DeleteHandler : ICommandHandler<DeleteCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, DeleteCommand command)
    {
        if (!command.Mailbox.IsValid) return Reply.No("No such mailbox", ResponseCodes.NonExistent);
        var operation = Operations.New();
        await session.Mailbox.CallAsync(
            (grain, id) => grain.DeleteFolderAsync(id, command.Mailbox.Value, operation), CallKinds.Change, session.Aborted);
        return Reply.Ok("DELETE done");
    }
}
