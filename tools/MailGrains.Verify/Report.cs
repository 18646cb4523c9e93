using System.Globalization;
using MailGrains.Verify.Checkpoints;
using MailGrains.Verify.Events;

namespace MailGrains.Verify;

/// <summary>Prints what is found while it is found, a line each, and counts.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<string> _partitions = [];
    private string? _heads;

    public long Problems { get; private set; }

    public long Events { get; set; }

    public long Mailboxes { get; set; }

    public long Checkpoints { get; set; }

    public long Bodies { get; set; }

    public long Collected { get; set; }

    public long Receipts { get; set; }

    /// <param name="where">File, partition, position, mailbox: where to look.</param>
    public void Problem(string where, string what)
    {
        Problems++;
        output.WriteLine($"problem: {where}: {what}");
    }

    public void Problem(int partition, EventRow row, string what) => Problem(Place(partition, row), what);

    public void Note(string what) => output.WriteLine("note: " + what);

    /// <summary>Something that holds.</summary>
    public void Checked(string what) => output.WriteLine("good: " + what);

    public void Receipt(string what) => output.WriteLine("receipt: " + what);

    /// <summary>A partition's line in the summary.</summary>
    public void Partition(string line) => _partitions.Add(line);

    /// <summary>The heads' line in the summary.</summary>
    public void Heads(string line) => _heads = line;

    /// <summary>The last line about a proof.</summary>
    public void Conclude() => output.WriteLine(Problems == 0
        ? "proved: the event was in the log when the checkpoint was signed"
        : string.Create(CultureInfo.InvariantCulture, $"NOT proved: {Problems} problems"));

    public void Summarize(string log, IReadOnlyList<NoteKey> keys)
    {
        output.WriteLine($"log {Printable.Of(log)}, key {string.Join(", ", keys.Select(key => Printable.Of(key.ToString())))}");
        foreach (var line in _partitions) output.WriteLine(line);
        if (_heads is not null) output.WriteLine(_heads);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Events} events of {Mailboxes} mailboxes, {Checkpoints} checkpoints, {Bodies} bodies, {Collected} collected, {Receipts} receipts"));
        output.WriteLine(Problems == 0 ? "unchanged: no problems" : string.Create(CultureInfo.InvariantCulture, $"NOT as it was signed: {Problems} problems"));
    }

    private static string Place(int partition, EventRow row) => string.Create(
        CultureInfo.InvariantCulture, $"partition {partition}, position {row.Position}, mailbox {row.Account}, sequence {row.Sequence}");
}
