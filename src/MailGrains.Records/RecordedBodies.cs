using System.Collections.Frozen;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Records;

namespace MailGrains.Records;

/// <summary>
/// Keeps the bodies that any record refers to. A message can be delivered and expunged before the records see it: they first have to catch up with the log
/// as it was after the question, or everything is kept. What arrives later brings its body back into use, and the index then doesn't forget it.
/// </summary>
public sealed class RecordedBodies(IRetentionStore store, RecordsLag lag) : IBodyRetention
{
    /// <summary>How long the records are waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public async ValueTask<IReadOnlySet<BlobId>> KeptAsync(IReadOnlyList<BlobId> bodies, CancellationToken cancellation) =>
        await lag.HasCaughtUpAsync(Patience, cancellation) ? await store.FindReferredAsync(bodies, cancellation) : bodies.ToFrozenSet();
}
