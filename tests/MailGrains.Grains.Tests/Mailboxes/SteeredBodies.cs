using System.Collections.Concurrent;
using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>The real body store behind a hand that can hold single bodies on their way in.</summary>
internal sealed class SteeredBodies(IBodyStore inner) : IBodyStore
{
    private readonly ConcurrentDictionary<BlobId, (TaskCompletionSource Reached, TaskCompletionSource Gate)> _held = new();

    /// <returns>Ends when somebody adds the body; it gets no further before <see cref="Release"/>.</returns>
    public Task Hold(BlobId blob) => _held.GetOrAdd(blob, _ => (NewSource(), NewSource())).Reached.Task;

    public void Release(BlobId blob)
    {
        if (_held.TryRemove(blob, out var held)) held.Gate.SetResult();
    }

    public async ValueTask<BodyLocator> AppendAsync(BlobId blob, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (_held.TryGetValue(blob, out var held))
        {
            held.Reached.TrySetResult();
            await held.Gate.Task;
        }

        return await inner.AppendAsync(blob, bytes, cancellation);
    }

    public ValueTask FlushAsync(CancellationToken cancellation) => inner.FlushAsync(cancellation);

    public bool IsLost(BodyLocator locator) => inner.IsLost(locator);

    public ValueTask<BodyLease> ReadAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation) => inner.ReadAsync(blob, locator, cancellation);

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
