using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using MailGrains.Evidence.Export;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Notes;
using MailGrains.Storage.Checkpoints;
using MailGrains.Storage.Events;
using Microsoft.Extensions.Logging;

namespace MailGrains.Evidence.Signing;

/// <summary>
/// Signs the log as it is now, when it is the continuation of what was signed last; and remembers what it signed. Thread-safe.
/// </summary>
/// <param name="shared">Where several processes sign the same log with the same key.</param>
/// <param name="retention">What can remove the oldest events; null: nothing does.</param>
public sealed class LogSigner(
    IEventLog log,
    NoteSigner signer,
    SignerFolders folders,
    ICheckpointStore? shared,
    TimeProvider time,
    ILogger<LogSigner> logger,
    IEventRetention? retention = null)
    : ICheckpointSource, IDisposable
{
    private const int Races = 5;

    private readonly FollowedLog _log = new(log, folders.Tiles, retention, logger);
    private readonly CheckpointHistory _history = new(new CheckpointFolder(folders.Checkpoints), shared, signer.Verifier);
    private readonly SemaphoreSlim _one = new(1);
    private EvidenceMetrics? _metrics;

    /// <summary>The key that verifies the checkpoints; its name is the log's.</summary>
    public NoteVerifier Key => signer.Verifier;

    private EvidenceMetrics Metrics => _metrics ??= new EvidenceMetrics(this, Age);

    /// <summary>The head that was signed last by any process, or null.</summary>
    /// <exception cref="LogBrokenException">The history is not whole.</exception>
    /// <exception cref="Storage.StoreUnavailableException">It can't be read now.</exception>
    public async Task<SignedHead?> ReadLastAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            Refuse(await _history.RefreshAsync(cancellation));
            return _history.Last;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The head of the log as it is now: the last one when nothing has come since, else a new one, which is durable when this returns.</summary>
    /// <exception cref="LogBrokenException">The log is not the continuation of what was signed last.</exception>
    /// <exception cref="Storage.StoreUnavailableException">The log can't be read now.</exception>
    public async Task<SignedHead> SignAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            return await SignOneAsync(cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>
    /// Signs the log as it is now although it is not the continuation of what was signed last; the reason is signed with it. Null: nothing is wrong.
    /// </summary>
    /// <exception cref="LogBrokenException">A position is missing, so that there is no tree that could be signed.</exception>
    public async Task<SignedHead?> AcceptBreakAsync(string reason, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var found = await CheckAsync(cancellation);
            if (found.Count == 0) return null;
            await _history.RepairAsync(cancellation);
            Refuse(await _log.StartAnewAsync(cancellation));
            var accepted = LogBreak.Of(reason, found);
            if (await AddAsync(accepted, _log.Removed, cancellation) is not { } head) throw new LogBrokenException(["another node signs at the same time"]);
            Metrics.Problems = 0;
            Log.BreakAccepted(logger, head.Head.Number, accepted.Reason);
            return head;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>
    /// Removes the oldest events: (1) the log as it is now is signed, (2) a head says up to where events are removed, (3) they are, with what the trees are
    /// continued from. Who finds less in the log than the heads say finds something wrong.
    /// </summary>
    /// <returns>How many were removed.</returns>
    /// <exception cref="LogBrokenException">The log is not the continuation of what was signed last.</exception>
    /// <exception cref="Storage.StoreUnavailableException">The log can't be read or changed now.</exception>
    public async Task<long> ShortenAsync(IReadOnlyList<LogCut> cuts, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            // 1
            var head = (await SignOneAsync(cancellation)).Head;
            var announced = Enumerable.Range(0, head.Partitions.Count).Select(head.RemovedOf).ToArray();
            foreach (var cut in cuts)
            {
                if (cut.To % TileId.FullWidth != 0 || cut.To >= head.Partitions[cut.Partition].Size)
                    throw new ArgumentException($"Partition {cut.Partition} can't begin behind position {cut.To}.", nameof(cuts));
                announced[cut.Partition] = Math.Max(announced[cut.Partition], cut.To);
            }

            // 2
            var isSaid = Enumerable.Range(0, announced.Length).All(p => announced[p] == head.RemovedOf(p));
            if (!isSaid && await AddAsync(null, announced, cancellation) is null) return 0;

            // 3
            var removed = 0L;
            foreach (var cut in cuts) removed += await _log.CutAsync(cut, head.Partitions[cut.Partition], cancellation);
            return removed;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>
    /// Where partitions begin of which something was removed, for an export. The heads that say so are among those that are read afterwards, also when another
    /// node signed them.
    /// </summary>
    /// <exception cref="InvalidDataException">What the store keeps with it is damaged.</exception>
    /// <exception cref="Storage.StoreUnavailableException">It can't be read now.</exception>
    public async Task<IReadOnlyDictionary<int, ExportStart>> ReadStartsAsync(CancellationToken cancellation)
    {
        var starts = await _log.ReadStartsAsync(cancellation);
        if (starts.Count == 0) return starts;
        await _one.WaitAsync(cancellation);
        try
        {
            // What may be wrong with them is found when the log is signed.
            await _history.RefreshAsync(cancellation);
        }
        finally
        {
            _one.Release();
        }

        return starts;
    }

    /// <summary>The checkpoint of each partition that has events.</summary>
    public IReadOnlyList<LogCheckpoint> CheckpointsOf(SignedHead head) =>
    [
        .. Enumerable.Range(0, head.Head.Partitions.Count).Where(partition => head.Head.Partitions[partition].Size > 0)
            .Select(partition => new LogCheckpoint(partition, head.Head.Partitions[partition].Size, head.Head.CheckpointOf(partition).Sign(signer))),
    ];

    /// <summary>Proofs about a partition's tree as a head has it, from the hashes that are kept: whoever asks verifies them.</summary>
    internal MerkleProver Prover(int partition, long size) => _log[partition].Prover(size);

    /// <summary>A checkpoint of a head that was signed.</summary>
    internal SignedNote Sign(Checkpoint checkpoint) => checkpoint.Sign(signer);

    /// <summary>Makes the hashes that are kept of a partition anew.</summary>
    /// <exception cref="LogBrokenException">Its events are not those that were signed last.</exception>
    internal async Task RepairAsync(int partition, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            Refuse(await _history.RefreshAsync(cancellation));
            if (_history.Last is { } last && await _log[partition].RebuildAsync(last.Head.Partitions[partition], cancellation) is { } problem)
                Refuse([problem]);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Keeps a time stamp (RFC 3161) of a head.</summary>
    public Task AddStampAsync(long number, ReadOnlyMemory<byte> stamp, CancellationToken cancellation) => _history.AddStampAsync(number, stamp, cancellation);

    /// <summary>Null: the head has none.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadStampAsync(long number, CancellationToken cancellation) => _history.ReadStampAsync(number, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<KeptHead> ReadHeadsAsync(CancellationToken cancellation) => _history.ReadAsync(cancellation);

    /// <inheritdoc/>
    /// <remarks>They are made from the heads, always the same: heads of a former key have none. Those before an accepted break are left out.</remarks>
    public async IAsyncEnumerable<SignedNote> ReadAsync(int partition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sizes = new SortedDictionary<long, Checkpoint>();
        await foreach (var kept in _history.ReadAsync(cancellation))
        {
            if (!SignedHead.TryParse(kept.Octets, Key, out var head)) continue;
            if (head.Head.Break is not null) sizes.Clear();
            if (partition < head.Head.Partitions.Count && head.Head.Partitions[partition].Size is > 0 and var size)
                sizes[size] = head.Head.CheckpointOf(partition);
        }

        foreach (var checkpoint in sizes.Values) yield return checkpoint.Sign(signer);
    }

    public void Dispose()
    {
        _one.Dispose();
        _metrics?.Dispose();
    }

    private async Task<SignedHead> SignOneAsync(CancellationToken cancellation)
    {
        for (var race = 0; race < Races; race++)
        {
            var problems = await CheckAsync(cancellation);
            Metrics.Problems = problems.Count;
            Refuse(problems);
            if (_history.Last is { } last && _log.Heads.SequenceEqual(last.Head.Partitions)) return last;
            if (await AddAsync(null, _history.Last?.Head.Removed ?? [], cancellation) is not { } head) continue;
            Log.Signed(logger, head.Head.Number, head.Head.Partitions.Sum(p => p.Size));
            return head;
        }

        throw new Storage.StoreUnavailableException("Other nodes sign all the time.");
    }

    /// <summary>What keeps the log from being signed.</summary>
    private async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation)
    {
        // Before the history, in which is said what is removed.
        await _log.ReadBeginningsAsync(cancellation);
        while (true)
        {
            var problems = await _history.RefreshAsync(cancellation);
            if (problems.Count > 0) return problems;
            problems = await _log.FollowAsync(_history.Last?.Head, cancellation);

            // What another node removes meanwhile is no hole.
            if (problems.Count == 0 || !await _log.ReadBeginningsAsync(cancellation)) return problems;
        }
    }

    /// <summary>Null: another process was faster.</summary>
    private async Task<SignedHead?> AddAsync(LogBreak? accepted, IReadOnlyList<long> removed, CancellationToken cancellation)
    {
        var last = _history.Last?.Head;
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var head = new LogHead(Key.Name, (last?.Number ?? 0) + 1, last?.Hash ?? default, now, _log.Heads, accepted)
        {
            Removed = removed,
        };
        var signed = SignedHead.Of(head, signer);
        return await _history.AddAsync(signed, cancellation) ? signed : null;
    }

    private void Refuse(IReadOnlyList<string> problems)
    {
        if (problems.Count == 0) return;
        Metrics.Problems = problems.Count;
        Log.SigningRefused(logger, string.Join("; ", problems));
        throw new LogBrokenException(problems);
    }

    private IEnumerable<Measurement<double>> Age() =>
        _history.Last is { } last ? [new((time.GetUtcNow() - last.Head.Time).TotalSeconds)] : [];
}
