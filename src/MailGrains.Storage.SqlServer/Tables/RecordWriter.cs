using System.Buffers;
using System.Runtime.InteropServices;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Relational.Group;
using Microsoft.Data.SqlClient.Server;

namespace MailGrains.Storage.SqlServer.Tables;

/// <summary>Writes the columns of a row one after the other.</summary>
internal struct RecordWriter(SqlDataRecord record)
{
    private int _column;

    public RecordWriter Owner(Owner owner) => Bigint(owner.Mailbox).Bigint(owner.Epoch);

    public RecordWriter Bigint(long value)
    {
        record.SetInt64(_column++, value);
        return this;
    }

    public RecordWriter Int(int value)
    {
        record.SetInt32(_column++, value);
        return this;
    }

    public RecordWriter Smallint(short value)
    {
        record.SetInt16(_column++, value);
        return this;
    }

    public RecordWriter Bit(bool value)
    {
        record.SetBoolean(_column++, value);
        return this;
    }

    public RecordWriter Text(string? value)
    {
        if (value is null) record.SetDBNull(_column++);
        else record.SetString(_column++, value);
        return this;
    }

    public RecordWriter Id(Guid id) => Bytes(id.ToByteArray(bigEndian: true));

    public RecordWriter Hash(BlobId hash)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlobId.Length);
        hash.Write(buffer);
        record.SetBytes(_column++, 0, buffer, 0, BlobId.Length);
        ArrayPool<byte>.Shared.Return(buffer);
        return this;
    }

    public RecordWriter Bytes(ReadOnlyMemory<byte> bytes)
    {
        // SetBytes at 0 leaves what an earlier, longer value had behind it.
        if (!MemoryMarshal.TryGetArray(bytes, out var segment)) segment = new ArraySegment<byte>(bytes.ToArray());
        record.SetDBNull(_column);
        record.SetBytes(_column++, 0, segment.Array ?? [], segment.Offset, segment.Count);
        return this;
    }

    /// <summary>NULL for a page without messages.</summary>
    public RecordWriter Page(MessagePage page)
    {
        if (page.Count == 0)
        {
            record.SetDBNull(_column++);
            return this;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(PageCodec.MaxLength + 8);
        var length = PageCodec.Encode(page, buffer);
        var written = Bytes(buffer.AsMemory(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return written;
    }
}
