using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Bodies;

namespace MailGrains.Subscribers;

/// <summary>Messages from the body store.</summary>
/// <param name="summarize">Makes the summary of a message as it was received.</param>
public sealed class StoredContents(IBodyIndex index, IBodyReader bodies, Func<ReadOnlyMemory<byte>, MessageSummary> summarize) : IEventContents
{
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation)
    {
        if (await bodies.ReadAsync(index, blob, cancellation) is not { } found) return null;
        using var lease = found;
        return lease.Memory.ToArray();
    }

    public async Task<MessageSummary?> ReadSummaryAsync(BlobId blob, CancellationToken cancellation)
    {
        if (await bodies.ReadAsync(index, blob, cancellation) is not { } found) return null;
        using var lease = found;
        return summarize(lease.Memory);
    }
}
