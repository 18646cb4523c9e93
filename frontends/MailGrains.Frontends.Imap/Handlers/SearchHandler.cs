using MailGrains.Frontends.Imap.Search;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Search;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>SEARCH and UID SEARCH (RFC 9051 section 6.4.4), with RETURN and SAVE (RFC 4731, RFC 5182).</summary>
internal sealed class SearchHandler : ICommandHandler<SearchCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, SearchCommand command)
    {
        if (command.UsesModSeq) session.Enable(EnabledFeatures.CondStore);
        var saves = command.Return is { } options && options.HasFlag(SearchReturnOptions.Save);
        var before = session.View.Saved;

        // RFC 5182 section 2.1: a SAVE that fails leaves nothing saved.
        if (saves) session.View.Saved = UidSet.Empty;
        if (command.HasUnknownCharset) return Reply.Of(ImapError.UnknownCharset);
        var rows = await RowsAsync(session, command);
        var plan = SearchPlan.Make(command.Key, Context(session, rows, before));
        var result = await new SearchRun(session, plan).FindAsync(rows.Rows);

        if (saves) session.View.Saved = Saved(command.Return!.Value, result.Uids());
        Write(session, command, result);
        session.Tell(rows.Updates);
        return Reply.Done("SEARCH done");
    }

    private static async ValueTask<RowsResult> RowsAsync(ImapSession session, SearchCommand command)
    {
        var scope = command.ByUid ? UpdateScope.All : UpdateScope.WithoutExpunges;
        if (session.View.Exists == 0)
        {
            await session.SyncAsync(scope);
            return new RowsResult { Rows = MessageRows.Empty, Updates = SessionUpdates.None, Keywords = session.View.Keywords, HighestModSeq = 0 };
        }

        var request = new RowsRequest(NumberSet.All, ByUid: false, scope);
        var kinds = command is { ByUid: true, UsesNumbers: false } ? CallKinds.Repeatable : CallKinds.Repeatable | CallKinds.Numbered;
        return await session.Mailbox.CallAsync((grain, id) => grain.RowsAsync(id, request), kinds, session.Aborted);
    }

    private static SearchContext Context(ImapSession session, RowsResult rows, UidSet saved) => new()
    {
        Keywords = rows.Keywords,
        Recent = session.View.Recent,
        Exists = session.View.Exists,
        LargestUid = rows.Rows.Slices is [.., var last] && last.Count > 0 ? last.Page.Uids[last.Start + last.Count - 1] : 0,
        Saved = saved,
        Now = session.Services.Time.GetUtcNow(),
        EmailOf = session.ObjectIds.EmailOf,
    };

    private static void Write(ImapSession session, SearchCommand command, SearchResult result)
    {
        var numbers = command.ByUid ? result.Uids() : result.Sequences();
        long? modSeq = command.UsesModSeq ? ModSeq(command.Return, result) : null;
        if (command.Return is null && !session.Has(EnabledFeatures.Rev2))
        {
            session.Writer.Search(numbers, modSeq);
            return;
        }

        // RFC 5182 section 2.1: a RETURN of nothing but SAVE answers with nothing.
        var options = command.Return ?? SearchReturnOptions.All;
        if (options != SearchReturnOptions.Save) session.Writer.Esearch(session.Tag, command.ByUid, options, numbers, modSeq);
    }

    /// <summary>RFC 7162 section 3.1.10: with MIN or MAX but neither ALL nor COUNT, the MODSEQ is that of the messages told.</summary>
    private static long ModSeq(SearchReturnOptions? options, SearchResult result)
    {
        if (options is not { } told || !EndsOnly(told)) return result.HighestModSeq;
        return Math.Max(
            told.HasFlag(SearchReturnOptions.Min) ? result.FirstModSeq : 0,
            told.HasFlag(SearchReturnOptions.Max) ? result.LastModSeq : 0);
    }

    private static bool EndsOnly(SearchReturnOptions options) =>
        (options & (SearchReturnOptions.Min | SearchReturnOptions.Max)) != 0
        && (options & (SearchReturnOptions.All | SearchReturnOptions.Count)) == 0;

    /// <summary>RFC 5182 section 2.4: with MIN or MAX but neither ALL nor COUNT, only those are saved.</summary>
    private static UidSet Saved(SearchReturnOptions options, UidSet uids)
    {
        if (!EndsOnly(options) || uids.IsEmpty) return uids;
        var kept = new UidSetBuilder();
        if (options.HasFlag(SearchReturnOptions.Min)) kept.Add(uids.Ranges[0].First);
        if (options.HasFlag(SearchReturnOptions.Max)) kept.Add(uids.Ranges[^1].Last);
        return kept.Build();
    }
}
