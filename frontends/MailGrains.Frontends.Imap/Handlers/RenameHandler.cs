using MailGrains.Frontends.Imap.Folders;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>RENAME (RFC 9051 section 6.3.6).</summary>
internal sealed class RenameHandler : ICommandHandler<RenameCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, RenameCommand command)
    {
        if (!command.From.IsValid) return Reply.No("No such mailbox", ResponseCodes.NonExistent);
        if (!command.To.IsValid) return Reply.No("Invalid mailbox name", ResponseCodes.Cannot);
        var operation = Operations.New();
        await session.Mailbox.CallAsync(
            (grain, id) => grain.RenameFolderAsync(id, command.From.Value, command.To.Value, operation), CallKinds.Change, session.Aborted);
        NormalizedName.TellRenamed(session, command.From, command.To.Value);
        return Reply.Ok("RENAME done");
    }
}
