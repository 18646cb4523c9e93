using System.Globalization;
using System.Text;
using MailGrains.Verify.Events;
using MailGrains.Verify.Files;

namespace MailGrains.Verify.Receipts;

/// <summary>The receipts that are to be looked up, and what became of them.</summary>
internal sealed class ReceiptBook
{
    private const int LineLimit = 4096;

    private readonly Dictionary<(Guid Account, long Sequence), List<Entry>> _entries = [];

    /// <exception cref="UnreadableException">A file of receipts can't be read.</exception>
    public static ReceiptBook Read(IReadOnlyList<string> texts, IReadOnlyList<string> files, Report report)
    {
        var book = new ReceiptBook();
        foreach (var text in texts) book.Add(text, "command line", report);
        foreach (var file in files)
        {
            try
            {
                using var lines = new LineReader(File.OpenRead(file), LineLimit);
                while (lines.TryRead(out var line))
                {
                    if (line.IsEmpty && !lines.IsTooLong) continue;
                    book.Add(Encoding.UTF8.GetString(line).TrimEnd('\r'), $"{Printable.Of(file)}, line {lines.Number}", report);
                }
            }
            catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
            {
                throw new UnreadableException($"{file} can't be read ({failure.Message}).");
            }
        }

        return book;
    }

    /// <summary>An event as it is in the export: a receipt for its mailbox and sequence must be about the same hash.</summary>
    /// <param name="isGenuine">Its hash is that of what it covers.</param>
    public void Meet(int partition, EventRow row, bool isGenuine)
    {
        if (_entries.Count == 0 || !_entries.TryGetValue((row.Account, row.Sequence), out var entries)) return;
        foreach (var entry in entries)
        {
            entry.Place ??= (partition, row.Position);
            entry.IsGood |= isGenuine && row.Hash == entry.Receipt.Hash;
        }
    }

    /// <summary>A partition has good checkpoints up to this size.</summary>
    public void Cover(int partition, long size)
    {
        foreach (var entry in _entries.Values.SelectMany(e => e))
            if (entry.Place is { } place && place.Partition == partition) entry.IsCovered = place.Position <= size;
    }

    public void Conclude(Report report)
    {
        foreach (var entry in _entries.Values.SelectMany(e => e))
        {
            var what = $"receipt {entry.Text}: mailbox {entry.Receipt.Account}, sequence {entry.Receipt.Sequence}";
            if (entry.Place is not var (partition, position))
                report.Problem(what, "there is no such event");
            else if (!entry.IsGood)
                report.Problem(what, $"partition {partition}, position {position}: the event there is another one, or was changed");
            else
                report.Receipt(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.Text} is partition {partition}, position {position}, {(entry.IsCovered ? "and signed" : "which no good checkpoint covers")}"));
        }
    }

    private void Add(string text, string where, Report report)
    {
        report.Receipts++;
        if (ReceiptText.TryParse(text) is not { } receipt)
        {
            report.Problem(where, $"'{Printable.Of(text)}' is no receipt");
            return;
        }

        var key = (receipt.Account, receipt.Sequence);
        if (!_entries.TryGetValue(key, out var entries)) _entries.Add(key, entries = []);
        entries.Add(new Entry(text, receipt));
    }

    private sealed class Entry(string text, ReceiptText receipt)
    {
        public string Text => text;

        public ReceiptText Receipt => receipt;

        public (int Partition, long Position)? Place { get; set; }

        public bool IsGood { get; set; }

        public bool IsCovered { get; set; }
    }
}
