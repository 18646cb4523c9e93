using System.Globalization;
using MailGrains.Evidence.Merkle;
using MailGrains.Storage.Files;

namespace MailGrains.Evidence.Signing;

/// <summary>
/// The tiles of one partition's tree on disk: a file for each level, in which hash number n stands at octet 32 n. They only save reading the log again, and
/// nothing is believed of them that was not compared with a signed root, so they are not flushed.
/// </summary>
internal sealed class HashFiles(string path) : ITileReader
{
    /// <summary>Hashes of a level that are there.</summary>
    public long Count(int level) => new FileInfo(File(level)) is { Exists: true } file ? file.Length / TreeHash.Length : 0;

    public void Write(MerkleTile tile)
    {
        PrivateFiles.CreateFolder(path);
        using var file = System.IO.File.OpenHandle(File(tile.Id.Level), FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.Write(file, tile.Octets.Span, tile.Id.Index * TileId.FullWidth * TreeHash.Length);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileId tile, CancellationToken cancellation)
    {
        var octets = Read(tile.Level, tile.Index * TileId.FullWidth, tile.Width);
        return octets.Length == tile.Width * TreeHash.Length ? new(octets) : throw new InvalidDataException($"{path}: {tile.Path} is not there.");
    }

    /// <summary>Consecutive hashes of a level, as many as there are.</summary>
    public byte[] Read(int level, long first, int count)
    {
        if (!System.IO.File.Exists(File(level))) return [];
        var octets = new byte[count * TreeHash.Length];
        using var file = System.IO.File.OpenHandle(File(level));
        var read = RandomAccess.Read(file, octets, first * TreeHash.Length);
        return octets[..Math.Max(0, read / TreeHash.Length * TreeHash.Length)];
    }

    public void Delete()
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    private string File(int level) => Path.Combine(path, level.ToString(CultureInfo.InvariantCulture));
}
