using System.Runtime.CompilerServices;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Notes;
using MailGrains.Storage.Events;

namespace MailGrains.Evidence.Export;

/// <summary>
/// Signs the partitions as they are now. Their trees are kept in memory: the first time all of a partition is read, later what has come since – and what
/// was read before is not read again, so that a log that was changed behind the server's back gets no checkpoint that hides it before the next start.
/// After it only checkpoints that were kept elsewhere show such a change. Thread-safe.
/// </summary>
public sealed class LogSigner(IEventLog log, NoteSigner signer) : ICheckpointSource, IDisposable
{
    private const int Page = 1000;

    private readonly MerkleTree[] _trees = [.. Enumerable.Range(0, log.Partitions).Select(_ => new MerkleTree())];
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The key that verifies the checkpoints; its name is the log's.</summary>
    public NoteVerifier Key => signer.Verifier;

    /// <summary>A checkpoint of each partition that has events.</summary>
    /// <exception cref="Storage.StoreUnavailableException">The log can't be read now.</exception>
    /// <exception cref="InvalidDataException">An event is missing.</exception>
    public async Task<IReadOnlyList<LogCheckpoint>> SignAsync(CancellationToken cancellation)
    {
        var checkpoints = new List<LogCheckpoint>();
        for (var partition = 0; partition < log.Partitions; partition++)
            if (await SignAsync(partition, cancellation) is { } checkpoint) checkpoints.Add(checkpoint);
        return checkpoints;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SignedNote> ReadAsync(int partition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await SignAsync(partition, cancellation) is { } checkpoint) yield return checkpoint.Note;
    }

    public void Dispose() => _one.Dispose();

    private async Task<LogCheckpoint?> SignAsync(int partition, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var tree = _trees[partition];
            while (await log.ReadAsync(partition, tree.Size, Page, cancellation) is { Count: > 0 } page)
            {
                foreach (var record in page)
                {
                    if (record.Position != tree.Size + 1)
                        throw new InvalidDataException($"Partition {partition} of the log has no event at position {tree.Size + 1}: it is not signed.");
                    tree.Append(TreeHash.Leaf(record.Event.Hash));
                }
            }

            if (tree.Size == 0) return null;
            var checkpoint = new Checkpoint(Checkpoint.OriginOf(Key.Name, partition), tree.Size, tree.Root());
            return new LogCheckpoint(partition, tree.Size, checkpoint.Sign(signer));
        }
        finally
        {
            _one.Release();
        }
    }
}
