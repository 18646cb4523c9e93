using System.Collections.Concurrent;
using MailGrains.Model;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Snapshots;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Keeps the pictures and the events of one mailbox.</summary>
internal sealed class PictureHandler(AccountId account) : ISnapshotHandler
{
    public string Name => "late";

    public IReadOnlySet<string>? Types => null;

    public Interests Interests => Interests.None;

    /// <summary>Runs when the mailbox has been read.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public int Pictures { get; private set; }

    public List<SnapshotRecord> Records { get; } = [];

    public ConcurrentQueue<long> Sequences { get; } = [];

    public async Task HandleSnapshotAsync(int partition, IAsyncEnumerable<SnapshotRecord> records, CancellationToken cancellation)
    {
        Pictures++;
        Records.Clear();
        await foreach (var record in records.WithCancellation(cancellation))
            if (record.Account == account) Records.Add(record);
        await Meanwhile();
    }

    public Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        foreach (var one in batch.Events)
            if (one.Account == account) Sequences.Enqueue(one.Event.Sequence);
        return Task.CompletedTask;
    }
}
