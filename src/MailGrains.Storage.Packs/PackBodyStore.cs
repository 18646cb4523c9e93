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
    private readonly PackBodyReader _reader;
    private readonly PackWriter _writer;

    /// <exception cref="IOException">The packs can't be listed.</exception>
    public PackBodyStore(IPackFiles files, IBodyIndex index, ILogger<PackBodyStore> logger, PackOptions? options = null)
    {
        options ??= new PackOptions();
        _files = files;
        _index = index;
        _logger = logger;
        _reader = new PackBodyReader(files, index, logger, options.OpenPacks, pack => _writer!.IsLeft(pack));
        var packs = files.List();

        // Of several processes another may still write it, where locks don't exclude: what it takes too much is given back when it is compacted.
        if (packs.Count > 0 && options.Stride == 1) Trim(packs[^1]);
        _writer = new PackWriter(files, options.FirstPack(packs), options, logger);
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
    public ValueTask<BodyLease> ReadAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation) =>
        _reader.ReadAsync(blob, locator, cancellation);

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
        _reader.Dispose();
        _codec.Dispose();
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
