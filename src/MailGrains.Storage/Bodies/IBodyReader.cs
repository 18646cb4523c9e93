using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>Reads bodies by locator. Frontends hold this port.</summary>
public interface IBodyReader
{
    /// <summary>
    /// The whole body, checksum verified. The lease's memory is pooled: it is valid until disposed. A body can be read once it has
    /// been flushed.
    /// </summary>
    /// <exception cref="BodyCorruptException">The stored bytes are not the ones written.</exception>
    /// <exception cref="StoreUnavailableException">They can't be read now.</exception>
    ValueTask<BodyLease> ReadAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation);
}
