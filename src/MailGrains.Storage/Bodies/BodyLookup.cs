using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>Reads bodies by their names alone.</summary>
public static class BodyLookup
{
    /// <summary>A body from where the index says it lies; null: the index doesn't know it. One that is moved in between is looked up again.</summary>
    /// <exception cref="BodyCorruptException">The stored bytes are not the ones written.</exception>
    /// <exception cref="StoreUnavailableException">They can't be read now.</exception>
    public static async ValueTask<BodyLease?> ReadAsync(this IBodyReader bodies, IBodyIndex index, BlobId blob, CancellationToken cancellation)
    {
        BodyLocator? tried = null;
        while (await index.FindAsync(blob, cancellation) is { } locator)
        {
            try
            {
                return await bodies.ReadAsync(blob, locator, cancellation);
            }
            catch (BodyCorruptException) when (locator != tried)
            {
                tried = locator;
            }
        }

        return null;
    }
}
