using MailGrains.Storage.Events;
using MailGrains.Storage.Sqlite.Native;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Storage.Sqlite;

/// <summary>A step of a subscriber that somebody waits for.</summary>
internal sealed class WaitingStep(SubscriberAdvance step)
{
    /// <summary>Continuations elsewhere: the writer has other things to do.</summary>
    public TaskCompletionSource<AdvanceOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Of the last run; true when its transaction is durable.</summary>
    public AdvanceOutcome Outcome { get; private set; }

    public void Run(SqliteDatabase database)
    {
        var update = database.Statement("AdvanceSubscriber").Bind(1, step.Subscriber).Bind(2, step.Partition).Bind(3, step.From).Bind(4, step.To);
        Outcome = update.ReadAll(_ => true).Count > 0 ? AdvanceOutcome.Advanced : AdvanceOutcome.Elsewhere;
        if (Outcome == AdvanceOutcome.Advanced && step.Dead is { } dead) Write(database, dead);
    }

    private static void Write(SqliteDatabase database, DeadLetter dead) => database.Statement("WriteDeadLetter")
        .Bind(1, dead.Subscriber).Bind(2, dead.Partition).Bind(3, dead.Position).Bind(4, dead.Error).Bind(5, dead.Attempts)
        .Bind(6, EventHash.Microseconds(dead.At)).Run();
}
