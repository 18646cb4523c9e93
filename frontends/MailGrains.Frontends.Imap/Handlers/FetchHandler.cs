using MailGrains.Frontends.Imap.Fetch;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Model;
using MailGrains.Model.Columns;
using StoreMode = MailGrains.Grains.Contracts.Messages.StoreMode;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>FETCH and UID FETCH (RFC 9051 section 6.4.5), with CHANGEDSINCE and VANISHED (RFC 7162).</summary>
internal sealed class FetchHandler : ICommandHandler<FetchCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, FetchCommand command)
    {
        if (command.Vanished && !session.Has(EnabledFeatures.Qresync)) return Reply.Bad("QRESYNC is not enabled");
        if (!MessageSet.TryResolve(session, command.Set, command.ByUid, out var messages, out var refusal)) return refusal;
        var plan = new FetchPlan(command.Items);
        if (command.ChangedSince is not null || plan.Includes(FetchAttribute.ModSeq)) session.Enable(EnabledFeatures.CondStore);

        var scope = command.ByUid ? UpdateScope.All : UpdateScope.WithoutExpunges;
        var set = command.Vanished ? WithVanished(messages.Set) : messages.Set;
        var request = new RowsRequest(set, messages.ByUid, scope, command.ChangedSince, command.Vanished, plan.Content);
        var kinds = command.ByUid ? CallKinds.Repeatable : CallKinds.Repeatable | CallKinds.Numbered;
        var (result, nowSeen) = plan.SetsSeen && !session.View.ReadOnly
            ? await SetSeenAsync(session, request, kinds)
            : (await RowsAsync(session, request, kinds), UidSet.Empty);

        // What was missed while the mailbox moved is known to these rows; what comes with them is not yet.
        session.TellNow();
        UpdateWriter.WriteKeywords(session, session.View, result.Updates);
        if (result.Vanished is { } vanished) session.Writer.Vanished(vanished, earlier: true);
        var writer = new RowWriter(session, plan, result.Keywords, nowSeen);
        var run = new FetchRun(session, plan, writer);
        await run.WriteAsync(result.Rows);
        session.Tell(result.Updates);
        return ReplyOf(run, writer);
    }

    /// <summary>
    /// The largest UID in use says nothing of what has vanished above it: for those, <c>n:*</c> goes on to the end.
    /// </summary>
    private static NumberSet WithVanished(NumberSet set)
    {
        var open = set.Ranges.Where(r => r.From == NumberRange.Star != (r.To == NumberRange.Star)).Select(r => Math.Max(r.From, r.To)).ToList();
        return open.Count == 0 ? set : set with { Ranges = set.Ranges.Add(new NumberRange(open.Min(), uint.MaxValue)) };
    }

    private static Reply ReplyOf(FetchRun run, RowWriter writer)
    {
        if (run.MetDamage) return Reply.No("Some messages are damaged in the store and were left out", ErrorReplies.Corruption);
        if (writer.MetUnknownEncoding) return Reply.No("A part has an unknown transfer encoding", ResponseCodes.UnknownCte);
        return run.MetGone ? Reply.No("Some messages no longer exist", ResponseCodes.ExpungeIssued) : Reply.Done("FETCH done");
    }

    private static Task<RowsResult> RowsAsync(ImapSession session, RowsRequest request, CallKinds kinds) =>
        session.Mailbox.CallAsync((grain, id) => grain.RowsAsync(id, request), kinds, session.Aborted);

    /// <summary>
    /// Makes the named messages \Seen before they are sent, and takes their rows again, so that these show it. Only the last
    /// of the calls may bring expunges: they are told after the rows, whose sequence numbers must not have moved.
    /// </summary>
    private static async ValueTask<(RowsResult Rows, UidSet NowSeen)> SetSeenAsync(ImapSession session, RowsRequest request, CallKinds kinds)
    {
        var first = await RowsAsync(session, request with { Scope = UpdateScope.WithoutExpunges }, kinds);
        var unseen = Unseen(first.Rows);
        if (unseen.IsEmpty) return (first, unseen);
        session.Tell(first.Updates);
        var store = new StoreRequest(NumberSet.Of(unseen), ByUid: true, StoreMode.Add, [@"\Seen"], UpdateScope.WithoutExpunges);
        try
        {
            var stored = await session.Mailbox.CallAsync((grain, id) => grain.StoreAsync(id, store), kinds, session.Aborted);
            session.Tell(stored.Updates);
        }
        catch (MailboxException refused) when (refused.IsTemporary)
        {
            // A store that takes no changes now is no reason to keep mail from its reader: the flag stays unset.
            unseen = UidSet.Empty;
        }

        // What is read has been told with the first rows.
        return (await RowsAsync(session, request with { Content = ContentAccess.None }, kinds), unseen);
    }

    private static UidSet Unseen(MessageRows rows)
    {
        var unseen = new UidSetBuilder();
        foreach (var row in rows)
        {
            if (!row.Flags.Has(MessageFlags.Seen)) unseen.Add(row.Uid);
        }

        return unseen.Build();
    }
}
