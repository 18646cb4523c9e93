namespace MailGrains.Evidence.Merkle;

/// <summary>Reads the tiles of one partition's tree.</summary>
public interface ITileReader
{
    /// <summary>
    /// The tile's hashes from its first on, 32 octets each: as many as its width says, or more when the tree has grown since (a wider tile begins
    /// with the same hashes).
    /// </summary>
    /// <exception cref="InvalidDataException">There is no such tile, or it is narrower.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileId tile, CancellationToken cancellation);
}
