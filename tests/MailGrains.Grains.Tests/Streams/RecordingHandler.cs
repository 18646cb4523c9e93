using System.Collections.Concurrent;
using MailGrains.Subscribers;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Keeps what it was given; fails where the test wants it to.</summary>
internal sealed class RecordingHandler(string name, IReadOnlySet<string>? types = null, Interests interests = Interests.None) : IEventHandler
{
    private readonly ConcurrentQueue<(int Partition, long Position)> _handled = [];
    private int _failures;

    public string Name => name;

    public IReadOnlySet<string>? Types => types;

    public Interests Interests => interests;

    /// <summary>What a position fails with; null: it is handled.</summary>
    public Func<long, Exception?> FailureOf { get; set; } = _ => null;

    /// <summary>Runs for each batch before anything else.</summary>
    public Func<EventBatch, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public int Failures => _failures;

    public IEnumerable<long> Positions(int partition) => _handled.Where(h => h.Partition == partition).Select(h => h.Position);

    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        await Before(batch, cancellation);
        foreach (var one in batch.Events)
        {
            if (FailureOf(one.Position) is not { } failure) continue;
            Interlocked.Increment(ref _failures);
            throw failure;
        }

        foreach (var one in batch.Events) _handled.Enqueue((one.Partition, one.Position));
    }
}
