using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Columns;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>Memory for the encoded values of one group, used again for the next.</summary>
internal sealed class ByteArena
{
    private const int ChunkBytes = 256 << 10;

    private byte[] _chunk = new byte[ChunkBytes];
    private int _used;

    public ReadOnlyMemory<byte> Encode(MessagePage page)
    {
        var room = Room(PageCodec.MaxLength + 8);
        return Take(PageCodec.Encode(page, room.Span));
    }

    public ReadOnlyMemory<byte> Encode(BlobId hash)
    {
        hash.Write(Room(BlobId.Length).Span);
        return Take(BlobId.Length);
    }

    /// <summary>What was given out is void.</summary>
    public void Reset() => _used = 0;

    private Memory<byte> Room(int length)
    {
        // The chunk that is full lives on in what was given out of it.
        if (_chunk.Length - _used < length) (_chunk, _used) = (new byte[ChunkBytes], 0);
        return _chunk.AsMemory(_used, length);
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        _used += length;
        return _chunk.AsMemory(_used - length, length);
    }
}
