using System.Collections.Concurrent;
using MailGrains.Subscribers;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Keeps what it was given, of one partition, and says how far it is.</summary>
internal sealed class PlacedHandler(string name) : IPlacedHandler
{
    private readonly ConcurrentQueue<long> _handled = [];

    public string Name => name;

    public IReadOnlySet<string>? Types => null;

    public Interests Interests => Interests.None;

    public IEnumerable<long> Handled => _handled;

    public Task<long> FindPlaceAsync(int partition, CancellationToken cancellation) => Task.FromResult(_handled.LastOrDefault());

    public Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        foreach (var one in batch.Events) _handled.Enqueue(one.Position);
        return Task.CompletedTask;
    }
}
