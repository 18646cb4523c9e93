using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs.Files;

namespace MailGrains.Storage.Packs;

/// <summary>Walks one pack from record to record. Where there is none, it looks for the next one that passes its checksum.</summary>
internal sealed class PackScrub(IPackFile file, int pack, long end, BodyCodec codec)
{
    private byte[] _record = new byte[1 << 20];
    private byte[] _body = new byte[1 << 20];

    public IEnumerable<ScrubbedRecord> Run()
    {
        var offset = (long)PackFormat.HeaderSize;
        if (CheckHeader() is { } detail) yield return Unreadable(0, offset, detail);
        while (offset < end)
        {
            if (Examine(offset) is { } found)
            {
                yield return found;
                offset += PackFormat.RecordSize(found.Locator.StoredLength);
                continue;
            }

            var next = NextRecord(offset, out var zeros);
            if (!zeros) yield return Unreadable(offset, next, "no record");
            offset = next;
        }
    }

    private string? CheckHeader()
    {
        Span<byte> header = stackalloc byte[PackFormat.HeaderSize];
        return PackFormat.CheckPackHeader(header[..file.Read(header, 0)], pack);
    }

    /// <summary>The record here, sound or not; null when these bytes lead nowhere.</summary>
    private ScrubbedRecord? Examine(long offset)
    {
        if (ReadHeader(offset) is not { } header) return null;
        var locator = new BodyLocator(pack, offset, header.StoredLength, header.Length);
        var size = PackFormat.RecordHeaderSize + header.StoredLength;
        Grow(ref _record, size);
        if (file.Read(_record.AsSpan(0, size), offset) < size) return null;
        if (PackFormat.ChecksumMatches(_record, header.StoredLength, new PackPosition(pack, offset)))
        {
            return BodyMatches(header)
                ? new ScrubbedRecord(ScrubOutcome.Intact, header.Blob, locator, "")
                : new ScrubbedRecord(ScrubOutcome.Damaged, header.Blob, locator, "the body has another SHA-256");
        }

        // Its own length can only be believed when it leads to the next record or to the end.
        var next = offset + PackFormat.RecordSize(header.StoredLength);
        if (next < end && ReadHeader(next) is null) return null;
        return new ScrubbedRecord(ScrubOutcome.Damaged, header.Blob, locator, "its checksum is wrong");
    }

    private bool BodyMatches(RecordHeader header)
    {
        var payload = _record.AsSpan(PackFormat.RecordHeaderSize, header.StoredLength);
        if (header.Encoding == RecordEncoding.Raw) return BlobId.Of(payload) == header.Blob;
        Grow(ref _body, header.Length);
        var body = _body.AsSpan(0, header.Length);
        return codec.TryDecompress(payload, body) && BlobId.Of(body) == header.Blob;
    }

    private long NextRecord(long from, out bool zeros)
    {
        zeros = true;
        var block = new byte[64 << 10];
        for (var start = from; start < end; start += block.Length)
        {
            var read = file.Read(block.AsSpan(0, (int)Math.Min(block.Length, end - start)), start);
            for (var at = 0; at < read; at += PackFormat.Alignment)
            {
                var skipped = block.AsSpan(at, read - at).IndexOfAnyExcept((byte)0);
                if (skipped < 0) break;
                at += skipped & ~(PackFormat.Alignment - 1);
                if (start + at > from && IsSound(start + at)) return start + at;
                zeros = false;
            }
        }

        return end;
    }

    private bool IsSound(long offset)
    {
        if (ReadHeader(offset) is not { } header) return false;
        var size = PackFormat.RecordHeaderSize + header.StoredLength;
        Grow(ref _record, size);
        return file.Read(_record.AsSpan(0, size), offset) == size
            && PackFormat.ChecksumMatches(_record, header.StoredLength, new PackPosition(pack, offset));
    }

    private RecordHeader? ReadHeader(long offset)
    {
        Span<byte> bytes = stackalloc byte[PackFormat.RecordHeaderSize];
        if (file.Read(bytes, offset) < bytes.Length || PackFormat.ReadHeader(bytes) is not { } header) return null;
        return offset + PackFormat.RecordSize(header.StoredLength) <= end ? header : null;
    }

    private ScrubbedRecord Unreadable(long from, long to, string detail) =>
        new(ScrubOutcome.Unreadable, default, new BodyLocator(pack, from, (int)Math.Min(to - from, int.MaxValue), 0), detail);

    // Only ever as long as the pack says a record can be.
    private static void Grow(ref byte[] array, int size)
    {
        if (array.Length < size) array = new byte[size];
    }
}
