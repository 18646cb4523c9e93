using MailGrains.Storage.Packs.Files;

namespace MailGrains.Storage.Packs;

/// <summary>
/// Finds where a pack left by a crash was written to. Only zeros are ever cut: where a record is damaged or torn, what lies behind
/// it stays, for it may be somebody's mail.
/// </summary>
internal static class PackTail
{
    private const int Block = 64 << 10;

    /// <summary>The length the pack can be cut to; its present one when nothing can be given back.</summary>
    public static long Find(IPackFile file)
    {
        var length = file.Length;
        var end = (long)PackFormat.HeaderSize;
        Span<byte> bytes = stackalloc byte[PackFormat.RecordHeaderSize];
        while (end < length && file.Read(bytes, end) == bytes.Length && PackFormat.ReadHeader(bytes) is { } header)
        {
            end += PackFormat.RecordSize(header.StoredLength);
        }

        return end < length && AllZeros(file, end, length) ? end : length;
    }

    private static bool AllZeros(IPackFile file, long from, long to)
    {
        var block = new byte[Block];
        for (var offset = from; offset < to; offset += Block)
        {
            var read = file.Read(block.AsSpan(0, (int)Math.Min(Block, to - offset)), offset);
            if (block.AsSpan(0, read).ContainsAnyExcept((byte)0)) return false;
        }

        return true;
    }
}
