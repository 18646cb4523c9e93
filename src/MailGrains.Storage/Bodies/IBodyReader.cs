using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>Reads bodies by locator. Frontends hold this port.</summary>
public interface IBodyReader
{
    /// <summary>
    /// The whole body, checksum verified. The lease's memory is pooled: it is valid until disposed.
    /// </summary>
    /// <exception cref="BodyCorruptException">The stored bytes are not the ones written.</exception>
    ValueTask<BodyLease> ReadAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation);
}
