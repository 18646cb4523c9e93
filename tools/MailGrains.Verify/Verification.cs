using MailGrains.Verify.Bodies;
using MailGrains.Verify.Checkpoints;
using MailGrains.Verify.Events;
using MailGrains.Verify.Files;
using MailGrains.Verify.Receipts;

namespace MailGrains.Verify;

/// <summary>
/// The whole of it: (1) the log and the keys, (2) the heads, and checkpoints and receipts from elsewhere, (3) the events of each partition with its
/// checkpoints, (4) receipts, (5) bodies, (6) the summary.
/// </summary>
internal static class Verification
{
    /// <exception cref="UnreadableException">There is nothing to check, or nothing to check it with.</exception>
    public static void Run(VerifyRequest request, Report report, CancellationToken cancellation)
    {
        // 1
        var folder = new ExportFolder(request.Folder);
        var log = LogFile.Read(folder);
        var keys = Keys(request, log, report);
        LayoutCheck.Run(folder, log, report);

        // 2
        var heads = Heads.Read(folder, log, keys, request, report);
        var kept = KeptCheckpoints.Read(request.Checkpoints, log, keys, report);
        heads.Find(kept.Heads, request);
        var receipts = ReceiptBook.Read(request.Receipts, request.ReceiptFiles, report);

        // 3
        var bodies = new NamedBodies(folder, CollectedFile.Read(folder, report), report);
        var mailboxes = new MailboxHeads(report);
        for (var partition = 0; partition < log.Partitions; partition++)
        {
            var checkpoints = new PartitionCheckpoints(folder, log, partition, keys, heads, kept, report);
            new PartitionCheck(folder, partition, checkpoints, heads.RemovedOf(partition), mailboxes, bodies, receipts, report).Run(cancellation);
            receipts.Cover(partition, checkpoints.LastGood);
        }

        // 4
        receipts.Conclude(report);

        // 5
        BodyFiles.Check(folder, report, cancellation);

        // 6
        report.Summarize(log.Name, keys);
    }

    private static List<NoteKey> Keys(VerifyRequest request, LogFile log, Report report)
    {
        if (request.Keys.Count == 0)
        {
            report.Note("the public key came with the export, so whoever changed the export could have signed it anew: give the key you trust with --key");
            return [log.Key];
        }

        var keys = request.Keys.Select(text => NoteKey.TryParse(text) ?? throw new UnreadableException($"'{Printable.Of(text)}' is no public key.")).ToList();
        if (!keys.Exists(key => key.ToString() == log.Key.ToString())) report.Problem("log.json", $"it names another key, {Printable.Of(log.Key.ToString())}");
        return keys;
    }
}
