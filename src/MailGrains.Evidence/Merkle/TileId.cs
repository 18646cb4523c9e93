using System.Globalization;

namespace MailGrains.Evidence.Merkle;

/// <summary>
/// Names a tile (C2SP tlog-tiles): consecutive hashes of one height of the tree. A tile of level L holds roots of complete subtrees of 256^L entries.
/// </summary>
/// <param name="Level">0 for leaf hashes; each level stands on full tiles of the one below.</param>
/// <param name="Index">Number in its level, from 0.</param>
/// <param name="Width">How many hashes it has: 256 when full, fewer only at the right edge of a tree.</param>
public readonly record struct TileId(int Level, long Index, int Width)
{
    public const int FullWidth = 256;

    /// <summary>Heights of the tree between two levels of tiles.</summary>
    public const int Height = 8;

    public bool IsFull => Width == FullWidth;

    /// <summary>Where the format serves it: <c>tile/L/N</c>, N in groups of three digits (<c>x001/234</c>), and <c>.p/W</c> when it isn't full.</summary>
    public string Path
    {
        get
        {
            var path = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000) path = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/{path}");
            return string.Create(CultureInfo.InvariantCulture, $"tile/{Level}/{path}{(IsFull ? "" : $".p/{Width}")}");
        }
    }

    /// <summary>The tile that has hash number <paramref name="hash"/> of a level, as wide as it is in a tree of <paramref name="size"/> entries.</summary>
    public static TileId Holding(int level, long hash, long size)
    {
        var index = hash / FullWidth;
        var there = (size >> (Height * level)) - index * FullWidth;
        return new TileId(level, index, (int)Math.Min(FullWidth, there));
    }

    /// <summary>The tiles at the right edge of a tree of <paramref name="size"/> entries that are not full, lowest level first.</summary>
    public static IEnumerable<TileId> Partial(long size)
    {
        for (var level = 0; size > 0; level++, size >>= Height)
            if (size % FullWidth is var width && width > 0) yield return new TileId(level, size / FullWidth, (int)width);
    }
}
