using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>COPY and UID COPY (RFC 9051 section 6.4.7).</summary>
internal sealed class CopyHandler : ICommandHandler<CopyCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, CopyCommand command)
    {
        if (!command.Mailbox.IsValid) return Reply.No("No such mailbox", ResponseCodes.TryCreate);
        if (!MessageSet.TryResolve(session, command.Set, command.ByUid, out var messages, out var refusal)) return refusal;
        var result = await CallAsync(session, messages, command.Mailbox, move: false);
        return Reply.Done("COPY done", CopyUid(result));
    }

    /// <summary>The call that COPY and MOVE share.</summary>
    public static async ValueTask<CopyResult> CallAsync(ImapSession session, MessageSet messages, MailboxName mailbox, bool move)
    {
        var request = new CopyRequest(messages.Set, messages.ByUid, mailbox.Value, move, Operations.New());
        var kinds = CallKinds.Change | (messages.ByUid ? CallKinds.None : CallKinds.Numbered);
        var result = await session.Mailbox.CallAsync((grain, id) => grain.CopyAsync(id, request), kinds, session.Aborted);
        session.Tell(result.Updates, move ? result.HighestModSeq : 0);
        return result;
    }

    /// <summary>resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set; nothing when nothing was copied.</summary>
    public static string? CopyUid(CopyResult result) =>
        result.Source.IsEmpty ? null : $"COPYUID {result.UidValidity} {result.Source} {result.Destination}";
}
