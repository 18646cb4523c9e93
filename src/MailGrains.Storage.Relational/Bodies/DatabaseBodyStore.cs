using System.Buffers;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Compression;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Relational.Bodies;

/// <summary>
/// Bodies in the database that holds the mailboxes. Appended ones gather in memory, compressed; a flush sends them all in one request. A flush
/// alone need not reach the disk: a commit that refers to a body comes after it in the same server's log, so the body is durable when that
/// commit is, and the commit fails when the body is not there. A locator's <see cref="BodyLocator.Pack"/> is 0; its offset is the
/// beginning of the body's hash.
/// </summary>
public sealed class DatabaseBodyStore : IBodyStore, IAsyncDisposable
{
    /// <summary>In a locator, says that the body is in the database.</summary>
    public const int Pack = 0;

    // Compressing more than this takes long enough to be worth a thread of the pool; so does verifying.
    private const int InlineBytes = 64 << 10;
    private const int MostLost = 100_000;

    private readonly Lock _lock = new();
    private readonly IBodyTable _table;
    private readonly DatabaseBodyOptions _options;
    private readonly ILogger _log;
    private readonly BodyCompressor _compressor = new();
    private readonly KnownBodies _known;
    private readonly HashSet<long> _lost = [];
    private List<EncodedBody> _unwritten = [];
    private long _unwrittenBytes;
    private Task _writing = Task.CompletedTask;
    private Task? _next;

    public DatabaseBodyStore(IBodyTable table, ILogger log, DatabaseBodyOptions? options = null, TimeProvider? time = null)
    {
        _table = table;
        _log = log;
        _options = options ?? new DatabaseBodyOptions();
        _known = new KnownBodies(_options, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public async ValueTask<BodyLocator> AppendAsync(BlobId blob, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (bytes.Length > _options.LongestBody) throw new ArgumentException("Longer than a body can be.", nameof(bytes));
        bool crowded;
        lock (_lock)
        {
            if (_known.TryFind(blob, out var known)) return known;
            crowded = _unwrittenBytes >= _options.MaxUnwrittenBytes;
        }

        if (crowded) await FlushAsync(cancellation);
        var encoded = bytes.Length <= InlineBytes
            ? Encode(blob, bytes.Span)
            : await Task.Run(() => Encode(blob, bytes.Span), CancellationToken.None);
        return Add(encoded);
    }

    /// <summary>
    /// Everything appended before this call is in the database when it returns, and durable with the next commit there. Calls at the same time
    /// share one request.
    /// </summary>
    /// <exception cref="StoreUnavailableException">What was appended since the last good flush is lost.</exception>
    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_unwritten.Count == 0) return new(_writing.WaitAsync(cancellation));
            _next ??= WriteAfterAsync(_writing);
            return new(_next.WaitAsync(cancellation));
        }
    }

    /// <summary>
    /// The server may have crashed, and may have lost what no commit after it has made durable: whatever is appended from now on is sent, if it was
    /// written or not.
    /// </summary>
    public void Doubt()
    {
        lock (_lock) _known.ForgetWritten();
    }

    /// <inheritdoc/>
    public bool IsLost(BodyLocator locator)
    {
        if (locator.Pack != Pack) return false;
        lock (_lock) return _lost.Contains(locator.Offset);
    }

    /// <inheritdoc/>
    public async ValueTask<BodyLease> ReadAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation)
    {
        if (locator.Pack != Pack) throw Damaged(blob, "it lies in a pack, not in the database");
        if (await _table.ReadAsync(blob, cancellation) is not { } stored) throw Damaged(blob, "it is missing");
        return stored.Length <= InlineBytes * 4
            ? Open(blob, stored)
            : await Task.Run(() => Open(blob, stored), CancellationToken.None);
    }

    /// <summary>Writes what was appended.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await FlushAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Nobody has been told that these bodies are kept.
        }

        _compressor.Dispose();
    }

    private EncodedBody Encode(BlobId blob, ReadOnlySpan<byte> body)
    {
        var rented = ArrayPool<byte>.Shared.Rent(body.Length);
        try
        {
            var length = _compressor.TryCompress(body, rented);
            return length > 0
                ? new EncodedBody(blob, BodyEncoding.Zstd, rented.AsSpan(0, length).ToArray(), body.Length)
                : new EncodedBody(blob, BodyEncoding.Raw, body.ToArray(), body.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private BodyLocator Add(EncodedBody body)
    {
        lock (_lock)
        {
            if (_known.TryFind(body.Blob, out var known)) return known;
            var locator = new BodyLocator(Pack, OffsetOf(body.Blob), body.Data.Length, body.Length);
            _known.Add(body.Blob, locator);
            _unwritten.Add(body);
            _unwrittenBytes += body.Data.Length;
            return locator;
        }
    }

    private static long OffsetOf(BlobId blob) => (long)(blob.A >> 1);

    private async Task WriteAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        List<EncodedBody> bodies;
        lock (_lock)
        {
            (bodies, _unwritten) = (_unwritten, []);
            _unwrittenBytes = 0;
            (_writing, _next) = (_next!, null);
        }

        try
        {
            foreach (var request in Divide(bodies)) await _table.WriteAsync(request, CancellationToken.None);
            Ended(bodies, written: true);
        }
        catch (Exception e)
        {
            Ended(bodies, written: false);
            _log.BodiesLost(e, bodies.Count);
            throw new StoreUnavailableException("Bodies could not be written.", e);
        }
    }

    private void Ended(List<EncodedBody> bodies, bool written)
    {
        lock (_lock)
        {
            // What nobody can wait for any more must not fail a later flush.
            _writing = Task.CompletedTask;
            // The database itself refuses a commit without its body; the set only spares it the trouble.
            if (_lost.Count > MostLost) _lost.Clear();
            foreach (var body in bodies)
            {
                if (written)
                {
                    _known.Written(body.Blob);
                    _lost.Remove(OffsetOf(body.Blob));
                }
                else
                {
                    _known.Remove(body.Blob);
                    _lost.Add(OffsetOf(body.Blob));
                }
            }
        }
    }

    private IEnumerable<IReadOnlyList<EncodedBody>> Divide(List<EncodedBody> bodies)
    {
        var start = 0;
        long bytes = 0;
        for (var i = 0; i < bodies.Count; i++)
        {
            if (i > start && bytes + bodies[i].Data.Length > _options.RequestBytes)
            {
                yield return bodies.GetRange(start, i - start);
                (start, bytes) = (i, 0);
            }

            bytes += bodies[i].Data.Length;
        }

        if (start < bodies.Count) yield return start == 0 ? bodies : bodies.GetRange(start, bodies.Count - start);
    }

    private BodyLease Open(BlobId blob, StoredBody stored)
    {
        var lease = stored.Encoding switch
        {
            BodyEncoding.Raw when stored.StoredLength == stored.Length => new BodyLease(stored.Rented, stored.Length, pooled: true),
            BodyEncoding.Zstd => Decompress(blob, stored),
            _ => throw Damaged(blob, "it has an unknown form or length"),
        };
        if (BlobId.Of(lease.Memory.Span) == blob) return lease;
        lease.Dispose();
        throw Damaged(blob, "its checksum is wrong");
    }

    private BodyLease Decompress(BlobId blob, StoredBody stored)
    {
        var body = ArrayPool<byte>.Shared.Rent(stored.Length);
        var whole = _compressor.TryDecompress(stored.Rented.AsSpan(0, stored.StoredLength), body.AsSpan(0, stored.Length));
        ArrayPool<byte>.Shared.Return(stored.Rented);
        if (whole) return new BodyLease(body, stored.Length, pooled: true);
        ArrayPool<byte>.Shared.Return(body);
        throw Damaged(blob, "it doesn't decompress");
    }

    private BodyCorruptException Damaged(BlobId blob, string detail)
    {
        _log.BodyDamaged(blob, detail);
        return new BodyCorruptException(blob, detail);
    }
}
