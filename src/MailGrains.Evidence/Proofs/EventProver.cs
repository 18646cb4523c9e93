using System.Text;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Evidence.Proofs;

/// <summary>Makes proofs of events from their receipts.</summary>
public sealed class EventProver(IEventLog log, LogSigner signer)
{
    /// <summary>
    /// (1) finds the event and checks that it is the receipt's, (2) finds a head that covers it, or signs one, (3) makes the proof and verifies it, which
    /// shows whether the hashes that are kept can be believed.
    /// </summary>
    /// <param name="since">A checkpoint or a head of this log that was signed earlier and is to be shown to be its beginning; or null.</param>
    /// <exception cref="ProofRefusedException">There is no such proof.</exception>
    /// <exception cref="LogBrokenException">The log is not signed any more.</exception>
    /// <exception cref="Storage.StoreUnavailableException">The log can't be read now.</exception>
    public async Task<EventProof> ProveAsync(Receipt receipt, string? since, CancellationToken cancellation)
    {
        // 1
        var record = await FindAsync(receipt, cancellation);

        // 2
        var head = await signer.ReadLastAsync(cancellation);
        if (head is null || head.Head.Partitions[record.Partition].Size < record.Position) head = await signer.SignAsync(cancellation);
        var tree = head.Head.Partitions[record.Partition];
        TreeHead? earlier = since is null ? null : Earlier(since, record.Partition, tree);

        // 3
        if (await TryAsync(receipt, record, head, earlier, cancellation) is { } proof) return proof;
        await signer.RepairAsync(record.Partition, cancellation);
        return await TryAsync(receipt, record, head, earlier, cancellation) ?? throw new ProofRefusedException(
            earlier is null ? ProofRefusal.Changed : ProofRefusal.NoContinuation,
            earlier is { } tried
                ? $"The log is not the continuation of the checkpoint with {tried.Size} events."
                : "The event is not in the tree that was signed.");
    }

    private async Task<EventRecord> FindAsync(Receipt receipt, CancellationToken cancellation)
    {
        var found = await log.ReadMailboxAsync(receipt.Account, receipt.Sequence - 1, 1, cancellation);
        if (found is not [var record] || record.Event.Sequence != receipt.Sequence)
            throw new ProofRefusedException(ProofRefusal.NoEvent, "There is no such event in the log.");
        var (written, payload) = (record.Event, record.Event.Payload);
        var hash = EventHash.Compute(written.PreviousHash, record.Account, written.Sequence, written.At, written.Type, payload.Span);
        return hash == receipt.Hash && written.Hash == receipt.Hash
            ? record
            : throw new ProofRefusedException(
                ProofRefusal.Changed, $"The event at partition {record.Partition}, position {record.Position} is not the one of the receipt, or was changed.");
    }

    private TreeHead Earlier(string since, int partition, TreeHead now)
    {
        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(since), out var note) || !note.IsSignedBy(signer.Key))
            throw new ProofRefusedException(ProofRefusal.NoCheckpoint, "That is no checkpoint which this log has signed.");
        var tree = TreeOf(note, partition) ?? throw new ProofRefusedException(
            ProofRefusal.NoCheckpoint, $"The event is in partition {partition}; that is no checkpoint of it.");
        return tree.Size <= now.Size ? tree : throw new ProofRefusedException(
            ProofRefusal.NoContinuation, $"That checkpoint has {tree.Size} events of partition {partition}; the log was last signed with {now.Size}.");
    }

    private TreeHead? TreeOf(SignedNote note, int partition)
    {
        if (LogHead.TryParse(note.Text, out var head))
            return head.LogName == signer.Key.Name && partition < head.Partitions.Count ? head.Partitions[partition] : null;
        return Checkpoint.TryParse(note.Text, out var checkpoint) && checkpoint.Origin == Checkpoint.OriginOf(signer.Key.Name, partition)
            ? new TreeHead(checkpoint.Size, checkpoint.Root)
            : null;
    }

    /// <summary>Null: the proof would not verify.</summary>
    private async Task<EventProof?> TryAsync(Receipt receipt, EventRecord record, SignedHead head, TreeHead? since, CancellationToken cancellation)
    {
        var tree = head.Head.Partitions[record.Partition];
        try
        {
            var prover = signer.Prover(record.Partition, tree.Size);
            var path = await prover.InclusionAsync(record.Position - 1, cancellation);
            if (!MerkleProof.VerifyInclusion(TreeHash.Leaf(record.Event.Hash), record.Position - 1, tree.Size, path, tree.Root)) return null;
            var consistency = since is { } earlier ? await prover.ConsistencyAsync(earlier.Size, cancellation) : [];
            if (since is { } old && !MerkleProof.VerifyConsistency(old.Size, old.Root, tree.Size, tree.Root, consistency)) return null;
            return new EventProof(receipt, record, path, since, consistency, signer.Sign(head.Head.CheckpointOf(record.Partition)));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
