namespace MailGrains.Grains.Contracts.Calls;

/// <summary>
/// Tells who asks that the cluster's silos are no longer the same. What a dead silo was asked is answered by nobody, and what it would have pushed
/// is not pushed. One for each process; whoever hears of members first calls <see cref="Changed"/>.
/// </summary>
public sealed class SiloChanges : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _gone = new();
    private TaskCompletionSource _next = Fresh();

    /// <summary>Cancelled when the next silo goes. Ask anew for each call.</summary>
    public CancellationToken Gone
    {
        get
        {
            lock (_lock) return _gone.Token;
        }
    }

    /// <summary>Completes when the next silo comes or goes.</summary>
    public Task Next
    {
        get
        {
            lock (_lock) return _next.Task;
        }
    }

    /// <param name="gone">A silo is there no more; false when one came.</param>
    public void Changed(bool gone)
    {
        TaskCompletionSource over;
        CancellationTokenSource? ended = null;
        lock (_lock)
        {
            (over, _next) = (_next, Fresh());
            if (gone) (ended, _gone) = (_gone, new CancellationTokenSource());
        }

        over.SetResult();
        ended?.Cancel();
        ended?.Dispose();
    }

    public void Dispose() => _gone.Dispose();

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
