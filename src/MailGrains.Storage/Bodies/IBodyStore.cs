using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>Keeps bodies under the SHA-256 of their bytes, each once, however many mailboxes refer to it.</summary>
public interface IBodyStore : IBodyReader
{
    /// <summary>
    /// Adds a body, or finds it there already. Not durable on return: <see cref="FlushAsync"/> makes it so. The bytes are not read after the
    /// returned task has ended.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store can't write now.</exception>
    ValueTask<BodyLocator> AppendAsync(BlobId blob, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Everything appended before this call is on stable storage when it returns. Calls at the same time share one fsync.</summary>
    /// <exception cref="StoreUnavailableException">
    /// It could not be made durable: what was appended since the last good flush must not be acknowledged.
    /// </exception>
    ValueTask FlushAsync(CancellationToken cancellation);

    /// <summary>
    /// True when a body that was appended has since been lost to a failed write or flush, so that nothing may refer to it. A later
    /// <see cref="FlushAsync"/> can succeed without bringing it back; ask after the flush and before committing the locator.
    /// </summary>
    bool IsLost(BodyLocator locator) => false;
}
