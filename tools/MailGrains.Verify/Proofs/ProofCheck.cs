using System.Globalization;
using MailGrains.Verify.Checkpoints;
using MailGrains.Verify.Events;
using MailGrains.Verify.Files;

namespace MailGrains.Verify.Proofs;

/// <summary>
/// A proof by itself: (1) the checkpoint is signed, (2) the event is the receipt's, (3) its hash is that of what it covers, (4) the leaf is that of the hash,
/// (5) the path leads from it to the checkpoint's root, (6) the earlier tree is its beginning, (7) checkpoints kept elsewhere are that earlier tree.
/// </summary>
internal static class ProofCheck
{
    private const int Limit = 100 * 1024 * 1024;

    /// <exception cref="UnreadableException">There is nothing to check, or nothing to check it with.</exception>
    public static void Run(ProofRequest request, Report report)
    {
        var keys = request.Keys.Select(text => NoteKey.TryParse(text) ?? throw new UnreadableException($"'{Printable.Of(text)}' is no public key.")).ToList();
        if (keys.Count == 0) throw new UnreadableException("A proof is checked with --key, the log's public key as you got it when nothing was in doubt.");
        var name = Printable.Of(request.File);
        if (ProofFile.TryParse(Octets(request.File)) is not { } proof)
        {
            report.Problem(name, "it is no proof of format 1, or was changed");
        }
        else if (TreeHead.Read(proof.Checkpoint, keys) is var (head, wrong) && head is null)                                    // 1
        {
            report.Problem(name, $"its checkpoint: {wrong}");
        }
        else
        {
            Check(name, proof, head, report);
            foreach (var file in request.Checkpoints) Compare(file, proof, head, keys, report);                                 // 7
            Tell(proof, head, report);
        }

        report.Conclude();
    }

    private static void Check(string name, ProofFile proof, TreeHead head, Report report)
    {
        var row = proof.Event;
        if (proof.Receipt.Account != row.Account || proof.Receipt.Sequence != row.Sequence || proof.Receipt.Hash != row.Hash)   // 2
            report.Problem(name, "the event is not the one of the receipt");
        if (ChainHash.Of(row) != row.Hash) report.Problem(name, "the event's hash is not that of what it covers: the event was changed");   // 3
        if (PartitionTree.Leaf(row.Hash) != proof.Leaf) report.Problem(name, "the leaf is not that of the event");              // 4
        if (proof.Index != row.Position - 1) report.Problem(name, "the index is not that of the event's position");             // 5
        if (TreePath.Root(proof.Leaf, proof.Index, head.Size, proof.Path) != head.Root)
            report.Problem(name, "the path does not lead from the leaf to the root");
        if (proof.Since is { } since && !TreePath.IsBeginning(since, (head.Size, head.Root), proof.Consistency))                // 6
            report.Problem(name, $"the tree with {since.Size} events is not the beginning of the checkpoint's");
        if (PayloadFacts.TryRead(row.Payload) is not { IsAmbiguous: false } payload || payload.Type != row.Type || payload.Account != row.Account
            || payload.At != row.At)
            report.Problem(name, "the event's payload says something else than its row");
    }

    private static void Compare(string file, ProofFile proof, TreeHead head, List<NoteKey> keys, Report report)
    {
        var name = Printable.Of(file);
        var octets = Octets(file);
        var (kept, wrong) = TreeHead.Read(octets, keys);
        if (kept is null && HeadNote.Read(octets, keys).Head is { } all)
        {
            kept = all.Trees.FirstOrDefault(tree => tree.Origin == head.Origin);
            wrong = $"it has nothing about {Printable.Of(head.Origin)}";
        }

        if (kept is null) report.Problem(name, wrong!);
        else if (kept.Origin != head.Origin) report.Problem(name, $"it is about {Printable.Of(kept.Origin)}, the proof about {Printable.Of(head.Origin)}");
        else if (kept.Size == head.Size && kept.Root == head.Root) report.Checked($"the checkpoint is the same as {name}");
        else if (kept.Size == head.Size) report.Problem(name, $"another root was signed for the same {kept.Size} events: there are two histories");
        else if (proof.Since is not { } since || since.Size != kept.Size) report.Problem(name, Incomparable(kept, head));
        else if (since.Root != kept.Root) report.Problem(name, $"another root was signed for {kept.Size} events: the log was changed since");
        else report.Checked($"the checkpoint is the continuation of {name}, with {kept.Size} events");
    }

    private static string Incomparable(TreeHead kept, TreeHead head) => kept.Size > head.Size
        ? $"it is newer than the proof, with {kept.Size} events and not {head.Size}: ask for a new proof, with --since and this checkpoint"
        : $"the proof does not show that its checkpoint continues this one with {kept.Size} events: ask for one with --since and this checkpoint";

    private static void Tell(ProofFile proof, TreeHead head, Report report)
    {
        if (report.Problems > 0) return;
        var row = proof.Event;
        var at = DateTimeOffset.UnixEpoch.AddTicks(row.At * TimeSpan.TicksPerMicrosecond);
        report.Checked(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Type} of mailbox {row.Account}, sequence {row.Sequence}, {at:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}, is event {row.Position} of {head.Size}"
                + $" in {Printable.Of(head.Origin)}"));
        if (proof.Since is { } since) report.Checked($"the first {since.Size} of them had the root {since.Root}");
    }

    private static byte[] Octets(string file)
    {
        try
        {
            if (new FileInfo(file).Length > Limit) throw new UnreadableException($"{file} is too long.");
            return File.ReadAllBytes(file);
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            throw new UnreadableException($"{file} can't be read ({failure.Message}).");
        }
    }
}
