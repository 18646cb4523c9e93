using MailGrains.Frontends.Imap.Folders;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>LSUB (RFC 3501 section 6.3.9).</summary>
internal sealed class LsubHandler : ICommandHandler<LsubCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, LsubCommand command)
    {
        var tree = await session.Mailbox.CallAsync((grain, _) => grain.ListAsync(), CallKinds.Repeatable, session.Aborted);
        foreach (var entry in FolderListing.Subscribed(new FolderNames(tree), command)) session.Writer.Lsub(entry);
        return Reply.Ok("LSUB done");
    }
}
