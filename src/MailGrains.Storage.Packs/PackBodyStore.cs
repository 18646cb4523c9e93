using System.Buffers;
using System.Runtime.CompilerServices;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs.Files;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Packs;

/// <summary>
/// Bodies in append-only pack files. A body is kept once: one appended lately is remembered here, and the index keeps the first place of
/// each. A large one is looked for there before; a small one that comes again after long is written again, and what it takes in the pack
/// is collected with the pack. A start always begins a new pack, so nothing is ever written behind a tail that a crash may have torn.
/// </summary>
public sealed partial class PackBodyStore : IBodyStore, IAsyncDisposable
{
    // Compressing more than this takes long enough to be worth a thread of the pool.
    private const int InlineBytes = 64 << 10;

    // Looking in the index costs every delivery more than the few small bodies it finds take in a pack.
    private const int LookedForFrom = 64 << 10;

    private readonly IPackFiles _files;
    private readonly IBodyIndex _index;
    private readonly ILogger _logger;
    private readonly BodyCodec _codec = new();
    private readonly PackReaders _readers;
    private readonly PackWriter _writer;

    /// <exception cref="IOException">The packs can't be listed.</exception>
    public PackBodyStore(IPackFiles files, IBodyIndex index, ILogger<PackBodyStore> logger, PackOptions? options = null)
    {
        options ??= new PackOptions();
        _files = files;
        _index = index;
        _logger = logger;
        _readers = new PackReaders(files, options.OpenPacks);
        var packs = files.List();
        if (packs.Count > 0) Trim(packs[^1]);
        _writer = new PackWriter(files, (packs.Count > 0 ? packs[^1] : options.Lane) + options.Stride, options, logger);
    }

    /// <inheritdoc/>
    public async ValueTask<BodyLocator> AppendAsync(BlobId blob, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (bytes.Length > PackFormat.MaxPayload) throw new ArgumentException("Longer than a record can be.", nameof(bytes));
        if (_writer.TryFindRecent(blob, out var recent)) return recent;
        if (bytes.Length >= LookedForFrom && await _index.FindAsync(blob, cancellation) is { } committed && !_writer.IsLeft(committed.Pack))
            return committed;
        if (_writer.Crowded) await _writer.FlushAsync().WaitAsync(cancellation);
        var crowd = _writer.HasUnflushed;
        var record = bytes.Length <= InlineBytes
            ? _codec.Encode(blob, bytes.Span, quickly: crowd)
            : await Task.Run(() => _codec.Encode(blob, bytes.Span, quickly: crowd), CancellationToken.None);
        return _writer.Append(record);
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellation) => new(_writer.FlushAsync().WaitAsync(cancellation));

    /// <inheritdoc/>
    public bool IsLost(BodyLocator locator) => _writer.IsLost(new PackPosition(locator.Pack, locator.Offset));

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

    /// <summary>
    /// Every record of every pack, its checksum and SHA-256 verified. Records appended after this began may be missing.
    /// </summary>
    public async IAsyncEnumerable<ScrubbedRecord> ScrubAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var until = _writer.Durable;
        foreach (var pack in _files.List())
        {
            if (pack > until.Pack) break;
            using var file = OpenUnlessGone(pack);
            if (file is null) continue;
            var end = pack == until.Pack ? Math.Min(until.Offset, file.Length) : file.Length;
            foreach (var record in new PackScrub(file, pack, end, _codec).Run())
            {
                if (IsLost(record.Locator)) continue;
                yield return record;
                cancellation.ThrowIfCancellationRequested();
            }

            await Task.Yield();
        }
    }

    /// <summary>Flushes what was appended and closes the packs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.CloseAsync();
        _readers.Dispose();
        _codec.Dispose();
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
        if (_writer.IsLeft(locator.Pack) || await _index.FindAsync(blob, cancellation) != locator)
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

    private BodyCorruptException Damaged(BlobId blob, BodyLocator locator, string detail)
    {
        Log.BodyDamaged(_logger, blob, locator.Pack, locator.Offset, detail);
        return new BodyCorruptException(blob, detail);
    }

    private IPackFile? OpenUnlessGone(int pack)
    {
        try
        {
            return _files.Open(pack);
        }
        catch (FileNotFoundException)
        {
            // Abandoned since it was listed.
            return null;
        }
    }

    private void Trim(int pack)
    {
        try
        {
            using var file = _files.Open(pack);
            var end = PackTail.Find(file);
            if (end >= file.Length) return;
            file.SetLength(end);
            Log.PackTrimmed(_logger, pack, end);
        }
        catch (IOException failure)
        {
            Log.PackNotTrimmed(_logger, failure, pack);
        }
    }
}
