using System.Buffers;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs.Files;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Packs;

/// <summary>Reads bodies from pack files, whoever writes them.</summary>
/// <param name="index">Where a body is looked up whose pack isn't there any more.</param>
/// <param name="openPacks">Packs kept open.</param>
/// <param name="isLeft">Whether this process itself is about to delete a pack; null: it deletes none.</param>
public sealed class PackBodyReader(IPackFiles files, IBodyIndex index, ILogger logger, int openPacks, Func<int, bool>? isLeft = null)
    : IBodyReader, IDisposable
{
    private readonly BodyCodec _codec = new();
    private readonly PackReaders _readers = new(files, openPacks);

    /// <inheritdoc/>
    public ValueTask<BodyLease> ReadAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation)
    {
        // Synchronous: a body is most often in the page cache, where reading it is cheaper than changing threads.
        cancellation.ThrowIfCancellationRequested();
        if (locator is not { Offset: >= PackFormat.HeaderSize, StoredLength: >= 0, Length: >= 0 } || locator.StoredLength > PackFormat.MaxPayload)
            throw Damaged(blob, locator, "no record can be there");

        try
        {
            return new(ReadHere(blob, locator));
        }
        catch (FileNotFoundException)
        {
            return new(ExplainAsync(blob, locator, cancellation));
        }
    }

    public void Dispose()
    {
        _readers.Dispose();
        _codec.Dispose();
    }

    /// <summary>Closes a pack that is about to be deleted.</summary>
    internal void Close(int pack) => _readers.Close(pack);

    /// <summary>Closes those of the open packs that are as the caller says.</summary>
    internal void CloseWhere(Func<int, bool> isGone) => _readers.CloseWhere(isGone);

    private BodyLease ReadHere(BlobId blob, BodyLocator locator)
    {
        var size = PackFormat.RecordHeaderSize + locator.StoredLength;
        var rented = ArrayPool<byte>.Shared.Rent(size);
        var keep = false;
        try
        {
            var record = rented.AsSpan(0, size);
            if (ReadRecord(locator, record) < size) throw Damaged(blob, locator, "the pack ends within the record");
            var encoding = Check(blob, locator, record);
            keep = encoding == RecordEncoding.Raw;
            return keep
                ? new BodyLease(rented, locator.Length, pooled: true, PackFormat.RecordHeaderSize)
                : Decompress(blob, locator, record[PackFormat.RecordHeaderSize..]);
        }
        finally
        {
            if (!keep) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <exception cref="FileNotFoundException">There is no such pack.</exception>
    private int ReadRecord(BodyLocator locator, Span<byte> record)
    {
        for (var again = true; ; again = false)
        {
            try
            {
                return _readers.Read(locator.Pack, record, locator.Offset);
            }
            catch (IOException failure) when (failure is not FileNotFoundException)
            {
                // On a shared disk a file that another process has deleted may fail so as long as it is open here.
                _readers.Close(locator.Pack);
                if (!again) throw new StoreUnavailableException("A pack can't be read.", failure);
            }
        }
    }

    /// <summary>
    /// A pack that is not there was collected since the reader learnt of this place, here or by another process: that is no damage, the reader has to ask
    /// for the new one.
    /// </summary>
    private async Task<BodyLease> ExplainAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation)
    {
        if (isLeft?.Invoke(locator.Pack) == true || await index.FindAsync(blob, cancellation) != locator)
            throw new BodyCorruptException(blob, "its pack was collected");
        throw Damaged(blob, locator, "its pack is missing");
    }

    private RecordEncoding Check(BlobId blob, BodyLocator locator, ReadOnlySpan<byte> record)
    {
        if (PackFormat.ReadHeader(record) is not { } header) throw Damaged(blob, locator, "no record is there");
        if (header.StoredLength != locator.StoredLength || header.Length != locator.Length)
            throw Damaged(blob, locator, "the record has another length");
        if (!PackFormat.ChecksumMatches(record, header.StoredLength, new PackPosition(locator.Pack, locator.Offset)))
            throw Damaged(blob, locator, "its checksum is wrong");
        if (header.Blob != blob) throw Damaged(blob, locator, "another body is there");
        return header.Encoding;
    }

    private BodyLease Decompress(BlobId blob, BodyLocator locator, ReadOnlySpan<byte> payload)
    {
        var body = ArrayPool<byte>.Shared.Rent(locator.Length);
        if (_codec.TryDecompress(payload, body.AsSpan(0, locator.Length))) return new BodyLease(body, locator.Length, pooled: true);
        ArrayPool<byte>.Shared.Return(body);
        throw Damaged(blob, locator, "it doesn't decompress");
    }

    /// <summary>To be thrown, and logged: an operator must know.</summary>
    internal BodyCorruptException Damaged(BlobId blob, BodyLocator locator, string detail)
    {
        Log.BodyDamaged(logger, blob, locator.Pack, locator.Offset, detail);
        return new BodyCorruptException(blob, detail);
    }
}
