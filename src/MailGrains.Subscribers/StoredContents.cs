using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Subscribers;

/// <summary>Messages from the body store.</summary>
public sealed class StoredContents(IBodyIndex index, IBodyReader bodies) : IEventContents
{
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation)
    {
        if (await bodies.ReadAsync(index, blob, cancellation) is not { } found) return null;
        using var lease = found;
        return lease.Memory.ToArray();
    }
}
