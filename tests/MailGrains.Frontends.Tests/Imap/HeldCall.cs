namespace MailGrains.Frontends.Tests.Imap;

/// <summary>A call that has reached its grain and is not carried out before it is let go.</summary>
internal sealed class HeldCall
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task ArrivedAsync() => _arrived.Task.WaitAsync(Limit);

    /// <summary>Ends when the call has been carried out, or refused.</summary>
    public Task ReleaseAsync()
    {
        _released.SetResult();
        return _ended.Task.WaitAsync(Limit);
    }

    internal async Task RunAsync(Func<Task> call)
    {
        _arrived.SetResult();
        await _released.Task;
        try
        {
            await call();
        }
        finally
        {
            _ended.SetResult();
        }
    }
}
