using System.Collections.Concurrent;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite.Contents;

/// <summary>
/// Batches on their way to the index. Those that wait when the writer comes to them share a transaction: the index keeps the tokens of one transaction as one
/// piece, and larger pieces have to be merged less often. Not all of them go: while some are written, others are read.
/// </summary>
internal sealed class ContentWriting(SqliteFile file)
{
    private const int MostTogether = 4;

    private readonly ConcurrentQueue<WaitingBatch> _waiting = [];

    /// <summary>Ends when the batch is durable, with what <paramref name="apply"/> has returned.</summary>
    public Task<bool> WriteAsync(Func<SqliteDatabase, bool> apply)
    {
        var batch = new WaitingBatch(apply);
        _waiting.Enqueue(batch);
        _ = WriteWaitingAsync();
        return batch.Done.Task;
    }

    /// <summary>Comes once for each batch, so none is left; who finds none has nothing to do.</summary>
    private async Task WriteWaitingAsync()
    {
        var together = new List<WaitingBatch>();
        try
        {
            await file.WriteAsync(db => Apply(db, together), CancellationToken.None);
            together.ForEach(b => b.Done.SetResult(b.Outcome));
        }
        catch (Exception) when (together.Count > 1)
        {
            // Perhaps through the fault of one of them.
            foreach (var batch in together) await WriteAloneAsync(batch);
        }
        catch (Exception e)
        {
            // The writer takes nothing now: each who comes to know it tells one of those that wait.
            if (together.Count == 0 && _waiting.TryDequeue(out var refused)) together.Add(refused);
            together.ForEach(b => b.Done.SetException(e));
        }
    }

    private int Apply(SqliteDatabase database, List<WaitingBatch> together)
    {
        while (together.Count < MostTogether && _waiting.TryDequeue(out var next)) together.Add(next);
        foreach (var batch in together) batch.Outcome = batch.Apply(database);
        return together.Count;
    }

    private async Task WriteAloneAsync(WaitingBatch batch)
    {
        try
        {
            batch.Done.SetResult(await file.WriteAsync(batch.Apply, CancellationToken.None));
        }
        catch (Exception e)
        {
            batch.Done.SetException(e);
        }
    }

    private sealed class WaitingBatch(Func<SqliteDatabase, bool> apply)
    {
        public Func<SqliteDatabase, bool> Apply => apply;

        public bool Outcome { get; set; }

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
