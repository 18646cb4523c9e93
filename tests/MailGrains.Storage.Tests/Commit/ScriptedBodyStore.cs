using System.Collections.Concurrent;
using System.Threading.Channels;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using Xunit;

namespace MailGrains.Storage.Tests.Commit;

/// <summary>A body store whose flushes wait until the test says how they end.</summary>
internal sealed class ScriptedBodyStore : IBodyStore
{
    private readonly ConcurrentQueue<TaskCompletionSource> _begun = new();
    private readonly Channel<TaskCompletionSource> _flushes = Channel.CreateUnbounded<TaskCompletionSource>();

    /// <summary>When set, flushes succeed at once.</summary>
    public bool Instant { get; set; }

    public HashSet<BodyLocator> Lost { get; } = [];

    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (Instant) return ValueTask.CompletedTask;
        var flush = new TaskCompletionSource();
        _begun.Enqueue(flush);
        _flushes.Writer.TryWrite(flush);
        return new ValueTask(flush.Task);
    }

    public async Task<TaskCompletionSource> NextFlushAsync() => await _flushes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets everything end well from here on.</summary>
    public void Release()
    {
        Instant = true;
        while (_begun.TryDequeue(out var flush)) flush.TrySetResult();
    }

    public bool Idle => !_flushes.Reader.TryPeek(out _);

    public bool IsLost(BodyLocator locator) => Lost.Contains(locator);

    public ValueTask<BodyLocator> AppendAsync(BlobId blob, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<BodyLease> ReadAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
