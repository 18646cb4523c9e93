namespace MailGrains.Cluster.Tests.Relays;

/// <summary>Open, or closed: then everything waits before it, as for a router that dropped dead.</summary>
internal sealed class RelayGate
{
    private volatile TaskCompletionSource? _closed;

    public void Close() => _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => Interlocked.Exchange(ref _closed, null)?.TrySetResult();

    public Task PassAsync(CancellationToken cancellation) => _closed is { } closed ? closed.Task.WaitAsync(cancellation) : Task.CompletedTask;
}
