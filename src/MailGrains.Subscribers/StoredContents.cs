using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Subscribers;

/// <summary>Messages from the body store.</summary>
public sealed class StoredContents(IBodyIndex index, IBodyReader bodies) : IEventContents
{
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation)
    {
        if (await index.FindAsync(blob, cancellation) is not { } locator) return null;
        using var lease = await bodies.ReadAsync(blob, locator, cancellation);
        return lease.Memory.ToArray();
    }
}
