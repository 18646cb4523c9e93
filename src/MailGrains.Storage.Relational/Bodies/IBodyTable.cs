using MailGrains.Model;

namespace MailGrains.Storage.Relational.Bodies;

/// <summary>The bodies' table of one engine.</summary>
public interface IBodyTable
{
    /// <summary>
    /// Adds the bodies that are not there yet, in one transaction. One that is there and unused counts as young again, so that it is not
    /// collected before the commit that is about to refer to it. On return they are visible to every connection, and whatever is committed after
    /// on the same server is durable only together with them. May be called again with the same bodies.
    /// </summary>
    /// <exception cref="StoreUnavailableException">They may be there or not.</exception>
    Task WriteAsync(IReadOnlyList<EncodedBody> bodies, CancellationToken cancellation);

    /// <summary>A body's bytes, unverified; null when it is not in the database.</summary>
    /// <exception cref="StoreUnavailableException">It can't be read now.</exception>
    ValueTask<StoredBody?> ReadAsync(BlobId blob, CancellationToken cancellation);
}
