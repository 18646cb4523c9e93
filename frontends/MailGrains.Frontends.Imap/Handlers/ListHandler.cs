using MailGrains.Frontends.Imap.Folders;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Imap.Responses;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>LIST (RFC 9051 section 6.3.9), extended (RFC 5258), with special uses (RFC 6154) and STATUS (RFC 5819).</summary>
internal sealed class ListHandler : ICommandHandler<ListCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, ListCommand command)
    {
        if (!command.IsExtended && command.Patterns is [{ Value.Length: 0, IsValid: true }])
        {
            session.Writer.List(new ListEntry([@"\Noselect"], FolderNames.Delimiter, ""));
            return Reply.Ok("LIST done");
        }

        var tree = await session.Mailbox.CallAsync((grain, _) => grain.ListAsync(), CallKinds.Repeatable, session.Aborted);
        var matches = FolderListing.Select(new FolderNames(tree), command);
        if (command.Return.HasFlag(ListReturnOptions.Status)) await WriteWithStatusAsync(session, command, matches);
        else
        {
            foreach (var match in matches) session.Writer.List(match.Entry);
        }

        return Reply.Ok("LIST done");
    }

    private static async ValueTask WriteWithStatusAsync(ImapSession session, ListCommand command, List<FolderMatch> matches)
    {
        var folders = matches.Where(m => m.Name.Folder is not null).Select(m => m.Name.Path);
        var statuses = await StatusHandler.FindAsync(session, [.. folders], command.Status);
        var next = 0;
        foreach (var match in matches)
        {
            session.Writer.List(match.Entry);
            if (match.Name.Folder is null || statuses[next++] is not { } status) continue;
            session.Writer.Status(match.Name.Path, command.Status, StatusHandler.Values(session, status));
        }
    }
}
