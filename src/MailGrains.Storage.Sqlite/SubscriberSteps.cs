using System.Collections.Concurrent;
using MailGrains.Storage.Sqlite.Native;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// Steps of subscribers on their way to the database. While mail is written they ride along in its transactions and cost no fsync of their own; when none
/// comes soon, those that wait share one. No step can make mail fail: one that the database refuses is taken out again and tried alone.
/// </summary>
/// <param name="patience">Mail that was written so lately is followed by more, as a rule; so long it is waited for.</param>
internal sealed class SubscriberSteps(SqliteWriter writer, TimeSpan patience)
{
    private readonly ConcurrentQueue<WaitingStep> _waiting = [];
    private long _mailWritten = TimeProvider.System.GetTimestamp();

    /// <summary>Ends when the step is durable.</summary>
    public Task<AdvanceOutcome> WriteAsync(SubscriberAdvance step)
    {
        var waiting = new WaitingStep(step);
        _waiting.Enqueue(waiting);
        _ = WriteWaitingAsync();
        return waiting.Done.Task;
    }

    /// <summary>On the writer's thread, in a transaction with mail: takes along what waits. The caller says later how it went for those aboard.</summary>
    public void Board(SqliteDatabase database, List<WaitingStep> aboard)
    {
        Volatile.Write(ref _mailWritten, TimeProvider.System.GetTimestamp());
        if (!TakeWaiting(aboard)) return;
        database.Statement("Savepoint").Run();
        try
        {
            foreach (var step in aboard) step.Run(database);
        }
        catch (Exception) when (!database.InAutoCommit)
        {
            database.Statement("RollbackToSavepoint").Run();
            Missed(aboard);
            aboard.Clear();
        }

        database.Statement("Release").Run();
    }

    /// <summary>The transaction they were in is durable.</summary>
    public static void Arrived(List<WaitingStep> aboard) => aboard.ForEach(step => step.Done.SetResult(step.Outcome));

    /// <summary>The transaction they were in has failed, perhaps through no fault of theirs: they get one of their own.</summary>
    public void Missed(List<WaitingStep> aboard)
    {
        if (aboard.Count > 0) _ = WriteAloneAsync([.. aboard]);
    }

    /// <summary>Whoever comes first takes all steps along; the others find none.</summary>
    private async Task WriteWaitingAsync()
    {
        var sinceMail = TimeProvider.System.GetElapsedTime(Volatile.Read(ref _mailWritten));
        if (sinceMail < patience) await Task.Delay(patience, TimeProvider.System);
        var waiting = new List<WaitingStep>();
        if (TakeWaiting(waiting)) await WriteAloneAsync(waiting);
    }

    private async Task WriteAloneAsync(List<WaitingStep> waiting)
    {
        try
        {
            await writer.RunAsync(
                db =>
                {
                    TakeWaiting(waiting);
                    waiting.ForEach(step => step.Run(db));
                    return waiting.Count;
                },
                CancellationToken.None);
            Arrived(waiting);
        }
        catch (Exception e)
        {
            foreach (var step in waiting) step.Done.TrySetException(e);
        }
    }

    private bool TakeWaiting(List<WaitingStep> to)
    {
        while (_waiting.TryDequeue(out var next)) to.Add(next);
        return to.Count > 0;
    }
}
