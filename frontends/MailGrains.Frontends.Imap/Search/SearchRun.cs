using MailGrains.Frontends.Imap.Session;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Model.Summary;
using MailGrains.Search;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Search;

/// <summary>
/// Asks a search of all rows, a slice at a time, and reads more only of those messages that the index leaves open, a chunk at a time.
/// Between chunks other sessions get their turn.
/// </summary>
internal sealed class SearchRun(ImapSession session, SearchPlan plan)
{
    private const int ChunkRows = 256;

    // Decoding bodies is work for the processor; more than two threads for one search would starve the others.
    private const int BodyThreads = 2;

    public async ValueTask<SearchResult> FindAsync(MessageRows rows)
    {
        var result = new SearchResult(rows);
        var open = new List<(int Slice, int Place)>();
        for (var i = 0; i < rows.Slices.Length; i++)
        {
            var answer = plan.Ask(rows.Slices[i]);
            result.Add(i, answer.Certain);
            foreach (var place in answer.Open) open.Add((i, place));
            if (open.Count >= ChunkRows) await AskRecordsAsync(rows, open, result);
        }

        if (open.Count > 0) await AskRecordsAsync(rows, open, result);
        return result;
    }

    /// <summary>Decides the open ones and forgets them.</summary>
    private async ValueTask AskRecordsAsync(MessageRows rows, List<(int Slice, int Place)> open, SearchResult result)
    {
        var asked = open.ConvertAll(at => rows.Slices[at.Slice][at.Place]);
        var verdicts = await AskRecordsAsync(asked);
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (verdicts[i] == Verdict.Yes) result.Add(open[i].Slice, RowSet.At(open[i].Place));
        }

        open.Clear();
        session.Aborted.ThrowIfCancellationRequested();
        await Task.Yield();
    }

    private async ValueTask<Verdict[]> AskRecordsAsync(List<MessageRow> rows)
    {
        var emails = new EmailId[rows.Count];
        for (var i = 0; i < emails.Length; i++) emails[i] = rows[i].EmailId;
        var records = new EmailRecord?[emails.Length];
        await session.Services.Emails.ReadAsync(session.Mailbox.Account, emails, records, session.Aborted);

        var verdicts = new Verdict[records.Length];
        var bodies = new List<int>();
        for (var i = 0; i < records.Length; i++)
        {
            verdicts[i] = records[i] is { } record
                ? plan.Ask(new SearchCandidate(rows[i], record.Prefix.Span, MessageSummary.Read(record.Summary)))
                : Verdict.No;
            if (verdicts[i] == Verdict.Unknown) bodies.Add(i);
        }

        if (bodies.Count == 0) return verdicts;
        var options = new ParallelOptions { MaxDegreeOfParallelism = BodyThreads, CancellationToken = session.Aborted };
        await Parallel.ForEachAsync(bodies, options, async (i, cancellation) =>
        {
            using var lease = await session.Services.Bodies.ReadAsync(session.Mailbox.Account, records[i]!, cancellation);
            verdicts[i] = Ask(rows[i], records[i]!, lease.Memory.Span);
        });
        return verdicts;
    }

    private Verdict Ask(MessageRow row, EmailRecord record, ReadOnlySpan<byte> blob) =>
        plan.Ask(new SearchCandidate(row, record.Prefix.Span, MessageSummary.Read(record.Summary), blob));
}
