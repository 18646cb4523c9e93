using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Imap.Commands;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>EXPUNGE and UID EXPUNGE (RFC 9051 sections 6.4.3 and 6.4.9).</summary>
internal sealed class ExpungeHandler : ICommandHandler<ExpungeCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, ExpungeCommand command)
    {
        if (session.View.ReadOnly) return Reply.No("Mailbox is selected read-only");
        NumberSet? uids = null;
        if (command.Uids is { } set)
        {
            if (!MessageSet.TryResolve(session, set, byUid: true, out var named, out var refusal)) return refusal;
            uids = named.Set;
        }

        var result = await session.Mailbox.CallAsync((grain, id) => grain.ExpungeAsync(id, new ExpungeRequest(uids)), CallKinds.Change, session.Aborted);
        session.Tell(result.Updates, result.HighestModSeq);

        // RFC 7162 section 3.2.7: the client learns how far it is without asking.
        var code = session.Has(EnabledFeatures.CondStore) && !result.Updates.Expunged.IsEmpty ? $"HIGHESTMODSEQ {result.HighestModSeq}" : null;
        return Reply.Done("EXPUNGE done", code);
    }
}
