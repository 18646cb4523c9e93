namespace MailGrains.Storage.Events;

/// <summary>Tells those who follow the log in this process that something may have been written to it. Commits of other processes raise nothing here.</summary>
public sealed class EventSignal
{
    private TaskCompletionSource _next = Unraised();

    /// <summary>Completes when the signal is raised next. Take it before looking at the log: what comes after the look is then not missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, Unraised()).SetResult();

    private static TaskCompletionSource Unraised() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
