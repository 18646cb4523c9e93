namespace MailGrains.Storage.Packs;

/// <summary>Sizes of the pack store.</summary>
public sealed record PackOptions
{
    /// <summary>Octets of a pack; a body that needs more gets a pack of its own.</summary>
    public long PackBytes { get; init; } = 64 << 20;

    /// <summary>From this many unwritten octets on, writing starts without waiting for a flush.</summary>
    public long WriteBehindBytes { get; init; } = 1 << 20;

    /// <summary>From this many unwritten octets on, an append waits until they are flushed.</summary>
    public long MaxUnwrittenBytes { get; init; } = 64 << 20;

    /// <summary>Distance between the numbers of packs that one process makes: as many as there are lanes in a shared folder.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Remainder of this process's pack numbers.</summary>
    public int Lane { get; init; }

    /// <summary>New packs have higher numbers than this one, which the index knows, also when its file isn't there.</summary>
    public int Above { get; init; }

    /// <summary>Packs kept open for reading.</summary>
    public int OpenPacks { get; init; } = 128;

    /// <summary>Bodies appended lately that are found without asking the index, so that one under way is not stored twice.</summary>
    public int RecentBodies { get; init; } = 16_384;

    /// <summary>The lowest number of the lane that is above all of these and above <see cref="Above"/>.</summary>
    internal int FirstPack(IReadOnlyList<int> packs)
    {
        var last = Math.Max(packs.Count > 0 ? packs[^1] : Lane, Above);
        var since = (last - Lane) % Stride;
        return checked(last - (since < 0 ? since + Stride : since) + Stride);
    }
}
