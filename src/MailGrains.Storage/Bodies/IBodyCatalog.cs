using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>
/// The body index as collection works on it. The engine that holds the mailboxes keeps it, in the same transactions: what is found unused here can
/// come into use in the next one, so every change says under which condition it may be made.
/// </summary>
public interface IBodyCatalog
{
    /// <summary>Bodies no content has referred to since before a moment: up to <paramref name="limit"/> of them behind a position, in order.</summary>
    Task<IReadOnlyList<UnusedBody>> FindUnusedAsync(DateTimeOffset before, long after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Takes those of these bodies out of the index that still nothing has referred to since before that moment; durable on return. Their octets stay
    /// where they are: a content that is committed with such a place later brings it back into the index.
    /// </summary>
    /// <returns>How many were taken out.</returns>
    Task<int> ForgetAsync(IReadOnlyList<BlobId> bodies, DateTimeOffset before, CancellationToken cancellation);

    /// <summary>What the index knows to lie in each pack; packs it knows nothing in are left out.</summary>
    Task<IReadOnlyList<PackUse>> ReadUseAsync(CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> bodies the index knows in a pack.</summary>
    Task<IReadOnlyList<PlacedBody>> ReadPackAsync(int pack, int limit, CancellationToken cancellation);

    /// <summary>Gives bodies new places, each if it still has its old one; durable on return. The caller has made the new ones durable.</summary>
    /// <returns>How many were moved.</returns>
    Task<int> MoveAsync(IReadOnlyList<BodyMove> moves, CancellationToken cancellation);

    /// <summary>
    /// Retires a pack, unless the index knows something in it. From the same transaction on, as long as this process lives, no commit can bring a place
    /// in it into the index: it fails as impossible in itself.
    /// </summary>
    /// <returns>False when something is in it.</returns>
    Task<bool> TryRetireAsync(int pack, CancellationToken cancellation);
}
