using MailGrains.Storage.InMemory;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>The in-memory store with a hand on its steps.</summary>
internal sealed class SteeredSubscriberStore : ISubscriberStore
{
    private readonly InMemorySubscriberStore _inner = new();

    /// <summary>Runs before a step is written; may throw instead.</summary>
    public Func<SubscriberAdvance, Task> BeforeAdvance { get; set; } = _ => Task.CompletedTask;

    public Task<IReadOnlyList<SubscriberPosition>> ListSubscribersAsync(CancellationToken cancellation) => _inner.ListSubscribersAsync(cancellation);

    public Task<SubscriberPosition?> FindSubscriberAsync(string subscriber, int partition, CancellationToken cancellation) =>
        _inner.FindSubscriberAsync(subscriber, partition, cancellation);

    public Task<SubscriberPosition> StartSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation) =>
        _inner.StartSubscriberAsync(subscriber, partition, position, cancellation);

    public async Task<AdvanceOutcome> AdvanceAsync(SubscriberAdvance advance, CancellationToken cancellation)
    {
        await BeforeAdvance(advance);
        return await _inner.AdvanceAsync(advance, cancellation);
    }

    public Task<bool> SetSubscriberStateAsync(string subscriber, SubscriberState state, CancellationToken cancellation) =>
        _inner.SetSubscriberStateAsync(subscriber, state, cancellation);

    public Task<bool> MoveSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation) =>
        _inner.MoveSubscriberAsync(subscriber, partition, position, cancellation);

    public Task<bool> ForgetSubscriberAsync(string subscriber, CancellationToken cancellation) => _inner.ForgetSubscriberAsync(subscriber, cancellation);

    public Task<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        string subscriber, int partition, long after, int limit, CancellationToken cancellation) =>
        _inner.ReadDeadLettersAsync(subscriber, partition, after, limit, cancellation);

    public Task<bool> RemoveDeadLetterAsync(string subscriber, int partition, long position, CancellationToken cancellation) =>
        _inner.RemoveDeadLetterAsync(subscriber, partition, position, cancellation);

    public async Task<long?> PositionAsync(string subscriber, int partition) =>
        (await _inner.FindSubscriberAsync(subscriber, partition, CancellationToken.None))?.Position;
}
