using MailGrains.Frontends.Imap.Fetch;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Model.Summary;
using MailGrains.Search;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Search;

/// <summary>
/// Asks a search of all rows, a chunk at a time, and reads more of a message only where what was read before left it open.
/// Between chunks other sessions get their turn.
/// </summary>
internal sealed class SearchRun(ImapSession session, SearchPlan plan)
{
    private const int ChunkRows = 256;

    // Decoding bodies is work for the processor; more than two threads for one search would starve the others.
    private const int BodyThreads = 2;

    public async ValueTask<SearchResult> FindAsync(MessageRows rows)
    {
        var result = new SearchResult();
        if (plan.Cost == SearchCost.Row)
        {
            foreach (var row in rows)
            {
                if (plan.Ask(new SearchCandidate(row)) == Verdict.Yes) result.Add(row);
            }

            return result;
        }

        var chunk = new MessageRow[Math.Min(ChunkRows, rows.Count)];
        var cursor = new RowCursor(rows);
        for (var read = cursor.Read(chunk); read > 0; read = cursor.Read(chunk))
        {
            await AskAsync(chunk.AsMemory(0, read), result);
            session.Aborted.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return result;
    }

    private async ValueTask AskAsync(ReadOnlyMemory<MessageRow> rows, SearchResult result)
    {
        var verdicts = new Verdict[rows.Length];
        var open = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            verdicts[i] = plan.Ask(new SearchCandidate(rows.Span[i]));
            if (verdicts[i] == Verdict.Unknown) open.Add(i);
        }

        if (open.Count > 0) await AskRecordsAsync(rows, verdicts, open);
        for (var i = 0; i < rows.Length; i++)
        {
            if (verdicts[i] == Verdict.Yes) result.Add(rows.Span[i]);
        }
    }

    private async ValueTask AskRecordsAsync(ReadOnlyMemory<MessageRow> rows, Verdict[] verdicts, List<int> open)
    {
        var emails = new EmailId[open.Count];
        for (var i = 0; i < emails.Length; i++) emails[i] = rows.Span[open[i]].EmailId;
        var records = new EmailRecord?[emails.Length];
        await session.Services.Emails.ReadAsync(session.Mailbox.Account, emails, records, session.Aborted);

        var bodies = new List<int>();
        for (var i = 0; i < records.Length; i++)
        {
            var at = open[i];
            verdicts[at] = records[i] is { } record
                ? plan.Ask(new SearchCandidate(rows.Span[at], record.Prefix.Span, MessageSummary.Read(record.Summary)))
                : Verdict.No;
            if (verdicts[at] == Verdict.Unknown) bodies.Add(i);
        }

        if (bodies.Count == 0) return;
        var options = new ParallelOptions { MaxDegreeOfParallelism = BodyThreads, CancellationToken = session.Aborted };
        await Parallel.ForEachAsync(bodies, options, async (i, cancellation) =>
        {
            var record = records[i]!;
            using var lease = await session.Services.Bodies.ReadAsync(session.Mailbox.Account, record, cancellation);
            verdicts[open[i]] = Ask(rows.Span[open[i]], record, lease.Memory.Span);
        });
    }

    private Verdict Ask(MessageRow row, EmailRecord record, ReadOnlySpan<byte> blob) =>
        plan.Ask(new SearchCandidate(row, record.Prefix.Span, MessageSummary.Read(record.Summary), blob));
}
