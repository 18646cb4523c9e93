using System.Collections.Immutable;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Folders;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Imap.Responses;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>STATUS (RFC 9051 section 6.3.11).</summary>
internal sealed class StatusHandler : ICommandHandler<StatusCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, StatusCommand command)
    {
        if (!command.Mailbox.IsValid) return Reply.No("No such mailbox", ResponseCodes.NonExistent);
        var statuses = await FindAsync(session, [command.Mailbox.Value], command.Items);
        if (statuses[0] is not { } status) return Reply.No("No such mailbox", ResponseCodes.NonExistent);
        session.Writer.Status(command.Mailbox.Value, command.Items, Values(session, status));
        return Reply.Ok("STATUS done");
    }

    /// <summary>The counters of folders, for STATUS and LIST RETURN (STATUS …).</summary>
    public static async ValueTask<ImmutableArray<FolderStatus?>> FindAsync(ImapSession session, ImmutableArray<string> paths, StatusItems items)
    {
        // RFC 7162 section 3.1: asking for HIGHESTMODSEQ enables CONDSTORE.
        if (items.HasFlag(StatusItems.HighestModSeq)) session.Enable(EnabledFeatures.CondStore);
        var request = new FolderPaths(paths);
        var list = await session.Mailbox.CallAsync((grain, _) => grain.StatusAsync(request), CallKinds.Repeatable, session.Aborted);
        return list.Items;
    }

    public static StatusValues Values(ImapSession session, FolderStatus status) => new()
    {
        Messages = status.Messages,
        Recent = status.Recent,
        UidNext = status.UidNext,
        UidValidity = status.UidValidity,
        Unseen = status.Unseen,
        Deleted = status.Deleted,
        Size = status.SizeBytes,
        HighestModSeq = status.HighestModSeq,
        AppendLimit = (uint)session.Services.Options.AppendLimit,
        MailboxId = session.ObjectIds.OfFolder(status.Id),
    };
}
