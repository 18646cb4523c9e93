using MailGrains.Frontends.Imap.Session;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Model.Summary;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>
/// Writes the responses of one FETCH, as fast as the client takes them: output stops at the connection's high-water mark, and never more than
/// three chunks of records, one of them where they are large, and two batches of bodies are held.
/// </summary>
internal sealed class FetchRun(ImapSession session, FetchPlan plan, RowWriter writer)
{
    private const int ChunkRows = 256;

    // One is written while the others are read.
    private const int Chunks = 3;

    // Records of strangers' making may have megabytes: after a larger chunk than this only the next is read, when it is needed.
    private const int LargestReadAhead = 2 * 1024 * 1024;

    /// <summary>True when a message was left out because its body is damaged.</summary>
    public bool MetDamage { get; private set; }

    /// <summary>True when a message was left out because it is gone for good.</summary>
    public bool MetGone { get; private set; }

    public ValueTask WriteAsync(MessageRows rows) => plan.NeedsRecords ? WriteWithRecordsAsync(rows) : WriteRowsAsync(rows);

    private async ValueTask WriteRowsAsync(MessageRows rows)
    {
        foreach (var slice in rows.Slices)
        {
            WriteSlice(slice);
            if (session.Connection.OutputIsFull) await session.Connection.FlushAsync(session.Aborted);
        }
    }

    private void WriteSlice(in MessageSlice slice)
    {
        for (var i = 0; i < slice.Count; i++) writer.Write(new MessageRow(slice.Page, slice.Start + i, slice.FirstSequence + (uint)i));
    }

    /// <summary>Reads the next chunks of records while it writes the present one.</summary>
    private async ValueTask WriteWithRecordsAsync(MessageRows rows)
    {
        var cursor = new RowCursor(rows);
        var (size, left) = (Math.Min(ChunkRows, rows.Count), rows.Count);
        var (written, ahead) = (new Stack<RecordChunk>(Chunks), new Queue<RecordChunk>(Chunks));
        try
        {
            while (left > 0 || ahead.Count > 0)
            {
                if (ahead.Count == 0) BeginNext();
                var present = ahead.Dequeue();
                await present.Reading;
                while (left > 0 && ahead.Count < Chunks - 1 && present.Octets <= LargestReadAhead) BeginNext();
                if (plan.MayNeedBodies) await WriteBodiesAsync(present.Rows, present.Records);
                else await WriteSummariesAsync(present.Rows, present.Records);
                written.Push(present);
            }
        }
        finally
        {
            // Only after a failure are there some left; the failure that counts is the one that ended the writing.
            foreach (var unwritten in ahead) _ = unwritten.Reading.ContinueWith(static reading => reading.Exception, TaskScheduler.Default);
        }

        void BeginNext()
        {
            var chunk = written.TryPop(out var used) ? used : new RecordChunk(size);
            left -= chunk.BeginReading(cursor, session);
            ahead.Enqueue(chunk);
        }
    }

    /// <summary>Reads the next batch of bodies while the present one is written.</summary>
    private async ValueTask WriteBodiesAsync(MessageRow[] chunk, ReadOnlyMemory<EmailRecord?> records)
    {
        var next = Read(records, 0);
        try
        {
            while (next is not null)
            {
                using var batch = await next;
                next = Read(records, batch.End);
                await WriteBatchAsync(chunk, records, batch);
            }
        }
        finally
        {
            // Only after a failure: a batch nobody will write gives its buffers back.
            if (next is not null) _ = GiveBackAsync(next);
        }
    }

    private static async Task GiveBackAsync(Task<BodyBatch> reading)
    {
        try
        {
            (await reading).Dispose();
        }
        catch (Exception)
        {
            // The failure that counts is the one that ended the writing.
        }
    }

    private Task<BodyBatch>? Read(ReadOnlyMemory<EmailRecord?> records, int first)
    {
        if (first == records.Length) return null;
        var count = BodyBatch.Measure(records.Span, first, plan);
        var bodies = session.Services.Bodies;
        var account = session.Mailbox.Account;
        var cancellation = session.Aborted;

        // A few messages are read faster than another thread is woken.
        return first == 0
            ? BodyBatch.ReadAsync(bodies, account, records, first, count, plan, cancellation)
            : Task.Run(() => BodyBatch.ReadAsync(bodies, account, records, first, count, plan, cancellation), cancellation);
    }

    private async ValueTask WriteSummariesAsync(MessageRow[] chunk, ReadOnlyMemory<EmailRecord?> records)
    {
        for (var i = 0; i < records.Length; i++)
        {
            if (records.Span[i] is { } record) writer.Write(chunk[i], MessageSummary.Read(record.Summary));
            else MetGone = true;
            if (session.Connection.OutputIsFull) await session.Connection.FlushAsync(session.Aborted);
        }
    }

    private async ValueTask WriteBatchAsync(MessageRow[] chunk, ReadOnlyMemory<EmailRecord?> records, BodyBatch batch)
    {
        for (var i = batch.First; i < batch.End; i++)
        {
            if (batch.IsDamaged(i))
            {
                MetDamage = true;
            }
            else if (records.Span[i] is { } record)
            {
                var writing = writer.WriteAsync(chunk[i], new MessageContentView(record, batch[i]));
                if (!writing.IsCompletedSuccessfully) await writing;
                if (session.Connection.OutputIsFull) await session.Connection.FlushAsync(session.Aborted);
            }
            else
            {
                MetGone = true;
            }
        }
    }
}
