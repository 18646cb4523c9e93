using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs.Files;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Packs;

/// <summary>
/// The one writer of a store's packs. Appenders only reserve a place, under a lock and without I/O; a pump on the thread pool
/// writes what has gathered with few large writes, and flushes when somebody asks.
/// <para>
/// After a failed write or flush nothing since the last good flush is trusted, whatever a second try would say: it is
/// lost, the pack is abandoned, and appends go on in the next one. A pack is only ever written by the writer that made it.
/// </para>
/// </summary>
internal sealed class PackWriter
{
    private readonly PackOptions _options;
    private readonly ILogger _logger;
    private readonly ActivePack _active;
    private readonly Lock _sync = new();

    // All below under _sync, but for reads of _lost and _left.
    private readonly LostRanges _lost = new();
    private ImmutableHashSet<int> _left = [];
    private readonly RecentBodies _recent;
    private List<EncodedRecord> _pending = [];
    private List<EncodedRecord> _spare = [];
    private long _pendingBytes;
    private PackPosition _next;
    private PackPosition _durable;
    private bool _pumping;
    private bool _closed;
    private FlushRound? _running;
    private FlushRound? _waiting;
    private Exception? _unreported;

    public PackWriter(IPackFiles files, int firstPack, PackOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _active = new ActivePack(files, options.PackBytes, logger);
        _recent = new RecentBodies(options.RecentBodies);
        _next = _durable = new PackPosition(firstPack, PackFormat.HeaderSize);
    }

    /// <summary>Everything before it is on stable storage, but for what was lost.</summary>
    public PackPosition Durable
    {
        get
        {
            lock (_sync) return _durable;
        }
    }

    /// <summary>Whether bodies wait for the disk: more than one comes at a time.</summary>
    public bool HasUnflushed
    {
        get
        {
            lock (_sync) return _next != _durable;
        }
    }

    public bool Crowded => Volatile.Read(ref _pendingBytes) >= _options.MaxUnwrittenBytes;

    public bool IsLost(PackPosition position) => _lost.Contains(position);

    /// <summary>Nobody is to be given a place in this pack any more.</summary>
    public void Leave(int pack)
    {
        lock (_sync) _left = _left.Add(pack);
    }

    public void Stay(int pack)
    {
        lock (_sync) _left = _left.Remove(pack);
    }

    public bool IsLeft(int pack) => _left.Contains(pack);

    public bool TryFindRecent(BlobId blob, out BodyLocator locator)
    {
        lock (_sync) return FindRecent(blob, out locator);
    }

    /// <summary>Takes the record over, unless the same body came first meanwhile.</summary>
    /// <exception cref="StoreUnavailableException">The store is closing.</exception>
    public BodyLocator Append(EncodedRecord record)
    {
        lock (_sync)
        {
            var known = default(BodyLocator);
            if (_closed || FindRecent(record.Blob, out known))
            {
                record.Release();
                return _closed ? throw Closing() : known;
            }

            // A record larger than a pack starts one and is alone in it.
            var fits = _next.Offset + record.Size <= _options.PackBytes || _next.Offset == PackFormat.HeaderSize;
            if (!fits) _next = new PackPosition(_next.Pack + _options.Stride, PackFormat.HeaderSize);
            var placed = record.At(_next);
            _next = _next with { Offset = _next.Offset + placed.Size };
            _pending.Add(placed);
            _pendingBytes += placed.Size;
            _recent.Add(placed.Blob, placed.Locator);
            if (_pendingBytes >= _options.WriteBehindBytes) StartPump();
            return placed.Locator;
        }
    }

    public Task FlushAsync()
    {
        lock (_sync)
        {
            if (_unreported is { } failure)
            {
                _unreported = null;
                return Task.FromException(Failed(failure));
            }

            if (_next == _durable) return Task.CompletedTask;

            // A flush that has begun covers all there is unless something came after it took its batch.
            if (_running is { } running && _pending.Count == 0) return running.Task;
            _waiting ??= new FlushRound();
            StartPump();
            return _waiting.Task;
        }
    }

    /// <summary>Takes no further appends, flushes those it has, and gives back the unused end of the pack.</summary>
    public async Task CloseAsync()
    {
        lock (_sync) _closed = true;
        try
        {
            await FlushAsync();
        }
        catch (StoreUnavailableException)
        {
            // Logged where it happened; who needed these bodies was told.
        }

        // With nothing to append and nothing unflushed, the pump has nothing left to do with the pack.
        _active.Close();
    }

    private bool FindRecent(BlobId blob, out BodyLocator locator) => _recent.TryFind(blob, out locator) && !IsLeft(locator.Pack);

    private void StartPump()
    {
        if (_pumping) return;
        _pumping = true;
        ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.Pump(), this, preferLocal: false);
    }

    private void Pump()
    {
        while (TakeBatch(out var batch, out var end, out var round))
        {
            try
            {
                _active.Write(batch);
                if (round is not null) _active.Flush();
                Succeed(batch, end, round);
            }
            catch (Exception failure)
            {
                Abandon(batch, failure);
            }
        }
    }

    private bool TakeBatch(out List<EncodedRecord> batch, out PackPosition end, out FlushRound? round)
    {
        lock (_sync)
        {
            (batch, end, round) = (_pending, _next, _waiting);
            if (round is null && _pendingBytes < _options.WriteBehindBytes)
            {
                _pumping = false;
                return false;
            }

            _pending = _spare;
            _spare = [];
            _pendingBytes = 0;
            _running = round;
            _waiting = null;
            return true;
        }
    }

    private void Succeed(List<EncodedRecord> batch, PackPosition end, FlushRound? round)
    {
        Release(batch);
        lock (_sync)
        {
            _spare = batch;
            _running = null;
            if (round is not null) _durable = end;
        }

        round?.SetResult();
    }

    private void Abandon(List<EncodedRecord> batch, Exception failure)
    {
        // Only the pump moves this forward.
        var from = Durable;
        Log.PackAbandoned(_logger, failure, from.Pack, from.Offset);
        _active.Abandon(from);

        FlushRound? running, waiting;
        lock (_sync)
        {
            (running, waiting) = (_running, _waiting);
            (_running, _waiting) = (null, null);
            if (waiting is null && (running is null || _pending.Count > 0)) _unreported = failure;
            Release(_pending);
            _pendingBytes = 0;
            _recent.Clear();
            var to = new PackPosition(_next.Pack + _options.Stride, PackFormat.HeaderSize);
            _lost.Add(from, to);
            _next = _durable = to;
        }

        Release(batch);
        running?.SetException(Failed(failure));
        waiting?.SetException(Failed(failure));
    }

    private static void Release(List<EncodedRecord> records)
    {
        foreach (var record in records) record.Release();
        records.Clear();
    }

    private static StoreUnavailableException Failed(Exception failure) => new("Bodies could not be written.", failure);

    private static StoreUnavailableException Closing() => new("The body store is closing.");
}
