using System.Text;
using MailGrains.Evidence.Notes;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;

namespace MailGrains.Evidence.Export;

/// <summary>
/// Writes the log, its checkpoints and the bodies it names to a folder that <c>mailgrains-verify</c> can check without the server: format 2 of
/// docs/evidence.md. Holds a page of events and a body at a time, and 32 octets for each body that was collected.
/// </summary>
public sealed class EvidenceExport(IEventLog log, ICheckpointSource checkpoints, IExportBodies bodies, ExportOptions options)
{
    private const int Page = 256;

    /// <summary>
    /// Exports everything up to now. What is committed while it runs may be in it or not, but the events of every checkpoint in it are. An export that
    /// was interrupted has no log.json; it is begun again in an empty folder.
    /// </summary>
    /// <param name="path">A folder that doesn't exist yet or is empty.</param>
    /// <exception cref="IOException">The folder is not empty, or can't be written.</exception>
    /// <exception cref="ExportOvertakenException">Events that were still to be written have been removed; what is there is of no use.</exception>
    /// <exception cref="InvalidDataException">A checkpoint is none of this log's partition.</exception>
    /// <exception cref="Storage.StoreUnavailableException">The store can't be read now.</exception>
    public async Task<ExportReport> WriteAsync(string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(path);
        if (Directory.EnumerateFileSystemEntries(path).Any()) throw new IOException($"{path} is not empty.");
        var folder = new ExportFolder(path);
        var run = new Run(folder, bodies);
        await using (run.Collected = new StreamWriter(folder.CollectedFile, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            run.Starts = await options.ReadStarts(cancellation);
            await foreach (var head in checkpoints.ReadHeadsAsync(cancellation)) await folder.WriteHeadAsync(head, cancellation);
            for (var partition = 0; partition < log.Partitions; partition++)
            {
                // Checkpoints first: then the events they are about are there already.
                await WriteCheckpointsAsync(run, partition, cancellation);
                await WriteEventsAsync(run, partition, cancellation);
            }
        }

        await folder.WriteLogAsync(options, log.Partitions, cancellation);
        return new ExportReport(run.Events, run.Checkpoints, run.Bodies, run.Gone.Count, [.. run.Damaged]);
    }

    private async Task WriteCheckpointsAsync(Run run, int partition, CancellationToken cancellation)
    {
        var start = run.Starts.GetValueOrDefault(partition)?.Size ?? 0;
        await foreach (var note in checkpoints.ReadAsync(partition, cancellation))
        {
            if (!Checkpoint.TryParse(note.Text, out var checkpoint) || checkpoint.Origin != Checkpoint.OriginOf(options.LogName, partition))
                throw new InvalidDataException($"Partition {partition} has a checkpoint that is not its own.");
            if (checkpoint.Size < start) continue;
            await run.Folder.WriteCheckpointAsync(partition, checkpoint.Size, note, cancellation);
            run.Checkpoints++;
        }
    }

    private async Task WriteEventsAsync(Run run, int partition, CancellationToken cancellation)
    {
        var position = 0L;
        var start = run.Starts.GetValueOrDefault(partition);
        if (start is { Size: > 0 })
        {
            await run.Folder.WriteStartAsync(partition, start, cancellation);
            position = start.Size;
        }

        await using var events = new FileStream(run.Folder.EventsFile(partition), FileMode.CreateNew, FileAccess.Write);
        while (await log.ReadAsync(partition, position, Page, cancellation) is { Count: > 0 } page)
        {
            // A hole that nobody who removes events has made is exported as it is: whoever verifies names it.
            if (page[0].Position > position + 1 && (await options.ReadStarts(cancellation)).GetValueOrDefault(partition)?.Size > position)
                throw new ExportOvertakenException(partition);
            foreach (var record in page)
            {
                await events.WriteAsync(ExportFolder.Line(record), cancellation);
                foreach (var blob in EventBodies.Of(record.Event)) await run.WriteBodyAsync(blob, cancellation);
                run.Events++;
            }

            position = page[^1].Position;
        }
    }

    /// <summary>One export under way.</summary>
    private sealed class Run(ExportFolder folder, IExportBodies bodies)
    {
        public ExportFolder Folder => folder;

        public IReadOnlyDictionary<int, ExportStart> Starts { get; set; } = new Dictionary<int, ExportStart>();

        public StreamWriter? Collected { get; set; }

        public HashSet<BlobId> Gone { get; } = [];

        public HashSet<BlobId> Damaged { get; } = [];

        public long Events { get; set; }

        public long Checkpoints { get; set; }

        public long Bodies { get; private set; }

        public async Task WriteBodyAsync(BlobId blob, CancellationToken cancellation)
        {
            if (Gone.Contains(blob) || Damaged.Contains(blob)) return;
            try
            {
                var (written, reason) = await folder.WriteBodyAsync(blob, bodies, cancellation);
                if (written) Bodies++;
                if (reason is null) return;
                Gone.Add(blob);
                await Collected!.WriteAsync((ExportFolder.CollectedLine(blob, reason) + "\n").AsMemory(), cancellation);
            }
            catch (BodyCorruptException)
            {
                Damaged.Add(blob);
            }
        }
    }
}
