namespace MailGrains.Storage.Bodies;

/// <summary>What the index knows of packs, as compaction works on it: in the same transactions as the mailboxes'.</summary>
public interface IPackCatalog
{
    /// <summary>The highest numbers of packs it knows.</summary>
    Task<PackNumbers> ReadNumbersAsync(CancellationToken cancellation);

    /// <summary>What the index knows to lie in each of these packs; those it knows nothing in are left out.</summary>
    Task<IReadOnlyList<PackUse>> ReadUseAsync(IReadOnlyList<int> packs, CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> bodies the index knows in a pack.</summary>
    Task<IReadOnlyList<PlacedBody>> ReadPackAsync(int pack, int limit, CancellationToken cancellation);

    /// <summary>Gives bodies new places, each if it still has its old one; durable on return. The caller has made the new ones durable.</summary>
    /// <returns>How many were moved.</returns>
    Task<int> MoveAsync(IReadOnlyList<BodyMove> moves, CancellationToken cancellation);

    /// <summary>
    /// Retires a pack, unless the index knows something in it; durable on return. From the same transaction on no commit can bring a place in it into the
    /// index: it fails as impossible in itself. An engine for one process keeps that in mind as long as the process lives, which is as long as anybody can
    /// have such a place on its way; one for several keeps it for good, so the number of a pack that was retired is never given to another.
    /// </summary>
    /// <returns>False when something is in it.</returns>
    Task<bool> TryRetireAsync(int pack, CancellationToken cancellation);
}
