using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>MOVE and UID MOVE (RFC 9051 section 6.4.8): COPYUID is told before the expunges, which the reply tells.</summary>
internal sealed class MoveHandler : ICommandHandler<MoveCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, MoveCommand command)
    {
        if (session.View.ReadOnly) return Reply.No("Mailbox is selected read-only");
        if (!command.Mailbox.IsValid) return Reply.No("No such mailbox", ResponseCodes.TryCreate);
        if (!MessageSet.TryResolve(session, command.Set, command.ByUid, out var messages, out var refusal)) return refusal;
        var result = await CopyHandler.CallAsync(session, messages, command.Mailbox, move: true);
        if (CopyHandler.CopyUid(result) is { } code) session.Writer.Untagged(ImapCondition.Ok, "Moved", code);
        return Reply.Done("MOVE done", session.Has(EnabledFeatures.CondStore) ? $"HIGHESTMODSEQ {result.HighestModSeq}" : null);
    }
}
