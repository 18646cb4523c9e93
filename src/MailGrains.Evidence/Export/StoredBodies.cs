using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Evidence.Export;

/// <summary>The bodies of the store. What its index doesn't know was collected after the last message that had it was gone.</summary>
public sealed class StoredBodies(IBodyIndex index, IBodyReader bodies) : IExportBodies
{
    public async ValueTask<string?> CopyAsync(BlobId blob, Stream destination, CancellationToken cancellation)
    {
        if (await bodies.ReadAsync(index, blob, cancellation) is not { } found) return "collected";
        using var body = found;
        await destination.WriteAsync(body.Memory, cancellation);
        return null;
    }
}
