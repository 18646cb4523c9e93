using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Events;
using MailGrains.Subscribers.Snapshots;

namespace MailGrains.Subscribers.JsonLines;

/// <summary>
/// Writes each event as a line of JSON: <c>{"partition":3,"position":17,"sequence":5,"hash":"…","event":{…}}</c>, into one file a partition in a folder,
/// <c>&lt;partition&gt;.jsonl</c>. A file that has grown large is renamed to <c>&lt;partition&gt;.&lt;last position&gt;.jsonl</c>, and the oldest are removed.
/// <para>
/// Each event has one line: the file itself says how far it goes, so what comes again is left out, and a torn last line is cut off. In a cluster that needs
/// one folder for all nodes; with a folder on each node, an event in whose middle a node died may stand at both. A line that was redriven stands where
/// it was written, with <c>"redriven":true</c> at its end.
/// </para>
/// </summary>
public sealed class JsonLinesHandler(string name, JsonLinesOptions options, IReadOnlySet<string>? types = null) : ISnapshotHandler
{
    public string Name => name;

    public IReadOnlySet<string>? Types => types;

    public Interests Interests => options.HasStructure ? Interests.Body : Interests.None;

    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        var summaries = new Dictionary<BlobId, MessageSummary>();
        if (options.HasStructure)
        {
            foreach (var one in batch.Events)
                foreach (var (blob, summary) in await batch.ReadSummariesAsync(one, cancellation)) summaries[blob] = summary;
        }

        await Task.Run(() => Write(batch, summaries), cancellation);
    }

    public async Task HandleSnapshotAsync(int partition, IAsyncEnumerable<SnapshotRecord> records, CancellationToken cancellation)
    {
        try
        {
            await SnapshotFile.WriteAsync(options.Path, partition, records, types, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(failure);
        }
    }

    private void Write(EventBatch batch, Dictionary<BlobId, MessageSummary> summaries)
    {
        try
        {
            var files = new PartitionFiles(options, batch.Partition);
            using var file = files.Open();
            var last = file.LastPosition ?? files.LastRotated;
            var missing = batch.IsRedriven
                ? batch.Events.Where(e => !files.Contains(e.Position) && !file.Contains(batch.Partition, e.Position))
                : batch.Events.Where(e => last is not { } reached || e.Position > reached);
            if (!batch.IsRedriven) Compare(batch, last ?? 0, files, file);
            file.Append([.. missing], summaries, batch.IsRedriven);
            if (file.Length >= options.RotateBytes) files.Rotate(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(failure);
        }
    }

    /// <summary>After the mail was put back from a backup, other events have the positions of lines that are there: those must not be left out.</summary>
    private void Compare(EventBatch batch, long last, PartitionFiles files, JsonLinesFile file)
    {
        EventRecord[] known = [.. batch.Events.TakeWhile(e => e.Position <= last)];
        if (known.Length == 0 || (files.Agree(known) && file.Agrees(known))) return;
        throw new HandlerUnavailableException(
            $"The files in {options.Path} have other events of partition {batch.Partition} than the log: "
            + "after the mail was put back from a backup they have to be taken away");
    }

    private HandlerUnavailableException Unwritable(Exception failure) => new($"The files in {options.Path} can't be written now: {failure.Message}", failure);
}
