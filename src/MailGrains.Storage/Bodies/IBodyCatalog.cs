using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>
/// The body index as collection works on it. The engine that holds the mailboxes keeps it, in the same transactions: what is found unused here can
/// come into use in the next one, so every change says under which condition it may be made.
/// </summary>
public interface IBodyCatalog : IPackCatalog
{
    /// <summary>Bodies no content has referred to since before a moment: up to <paramref name="limit"/> of them behind a position, in order.</summary>
    Task<IReadOnlyList<UnusedBody>> FindUnusedAsync(DateTimeOffset before, long after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Takes those of these bodies out of the index that still nothing has referred to since before that moment; durable on return. Their octets stay
    /// where they are: a content that is committed with such a place later brings it back into the index.
    /// </summary>
    /// <returns>How many were taken out.</returns>
    Task<int> ForgetAsync(IReadOnlyList<BlobId> bodies, DateTimeOffset before, CancellationToken cancellation);
}
