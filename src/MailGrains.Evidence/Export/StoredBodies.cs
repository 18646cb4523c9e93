using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Evidence.Export;

/// <summary>The bodies of the store. What its index doesn't know was collected after the last message that had it was gone.</summary>
public sealed class StoredBodies(IBodyIndex index, IBodyReader bodies) : IExportBodies
{
    public async ValueTask<string?> CopyAsync(BlobId blob, Stream destination, CancellationToken cancellation)
    {
        BodyLocator? tried = null;
        while (true)
        {
            if (await index.FindAsync(blob, cancellation) is not { } locator) return "collected";
            try
            {
                using var body = await bodies.ReadAsync(blob, locator, cancellation);
                await destination.WriteAsync(body.Memory, cancellation);
                return null;
            }
            catch (BodyCorruptException) when (locator != tried)
            {
                // It may have been moved to another pack in between: then the index says where it is now.
                tried = locator;
            }
        }
    }
}
