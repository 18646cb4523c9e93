using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Model;

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
        var kinds = CallKinds.Change | (messages.ByUid ? CallKinds.None : CallKinds.Numbered | CallKinds.Known);
        try
        {
            return await CallAsync(session, request, kinds);
        }
        catch (MailboxException refused) when (refused.Error == MailboxError.ExpungeIssued && !request.ByUid)
        {
            var earlier = await FindAsync(session, request);
            if (earlier.Source.IsEmpty) throw;
            return earlier;
        }
    }

    /// <summary>
    /// It may have been carried out before its numbers lost their meaning, and the client would do it again. Asked for no messages, the operation gives
    /// what it gave then, or does nothing; and as the session was opened anew, the first call does nothing any more either.
    /// </summary>
    private static async Task<CopyResult> FindAsync(ImapSession session, CopyRequest request)
    {
        try
        {
            return await CallAsync(session, request with { Set = NumberSet.Of(UidSet.Empty), ByUid = true }, CallKinds.Change);
        }
        catch (MailboxException unknown) when (unknown.IsTemporary)
        {
            throw SessionLostException.Uncertain();
        }
    }

    private static async Task<CopyResult> CallAsync(ImapSession session, CopyRequest request, CallKinds kinds)
    {
        var result = await session.Mailbox.CallAsync((grain, id) => grain.CopyAsync(id, request), kinds, session.Aborted);
        session.Tell(result.Updates, request.Move ? result.HighestModSeq : 0);
        return result;
    }

    /// <summary>resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set; nothing when nothing was copied.</summary>
    public static string? CopyUid(CopyResult result) =>
        result.Source.IsEmpty ? null : $"COPYUID {result.UidValidity} {result.Source} {result.Destination}";
}
