using System.Globalization;
using MailGrains.Verify.Bodies;
using MailGrains.Verify.Checkpoints;
using MailGrains.Verify.Files;
using MailGrains.Verify.Receipts;

namespace MailGrains.Verify.Events;

/// <summary>
/// Reads a partition's events once: (1) positions without gaps, (2) each event's hash from what it covers, (3) its link to the mailbox's one before,
/// (4) the payload's agreement with the row, (5) the bodies it names and those that may be missing, (6) receipts, (7) the tree and its checkpoints.
/// </summary>
internal sealed class PartitionCheck(
    ExportFolder folder,
    int partition,
    PartitionCheckpoints checkpoints,
    (long Position, long Head)? removed,
    MailboxHeads mailboxes,
    NamedBodies bodies,
    ReceiptBook receipts,
    Report report)
{
    /// <summary>Octets of a line: far above the largest event, an APPEND of thousands of messages.</summary>
    private const int LineLimit = 64 * 1024 * 1024;

    private readonly string _file = ExportFolder.EventsFile(partition);
    private readonly PartitionStart _start = PartitionStart.Read(folder, partition, report);
    private readonly CollectedMessages _collected = bodies.Follow(partition);
    private PartitionTree? _tree;
    private long _next;

    public void Run(CancellationToken cancellation)
    {
        _tree = new PartitionTree(_start.Size, _start.Frontier);
        _next = _start.Size + 1;
        if (_start.Size > 0) TellStart();
        checkpoints.Begin(_start.Size, _tree.Root);
        try
        {
            using var lines = new LineReader(folder.Open(_file), LineLimit);
            while (lines.TryRead(out var line))
            {
                cancellation.ThrowIfCancellationRequested();
                var row = lines.IsTooLong ? null : EventRowParser.TryParse(line);
                if (row is null) report.Problem($"{_file}, line {lines.Number}", lines.IsTooLong ? "it is too long" : "it is no event of format 1");
                else Check(row);
            }
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            report.Problem($"partition {partition}, {_file}", $"it can't be read to its end ({Printable.Of(failure.Message)})");
        }

        _collected.Conclude();
        checkpoints.End(_next - 1);
        Summarize();
    }

    /// <summary>Whoever has the database can remove the beginning and say so in it, but not in a head.</summary>
    private void TellStart()
    {
        var where = $"partition {partition} begins with position {_next}";
        if (removed is not { } told) report.Note($"{where}: what was before is not in this export, and no head says that it was removed");
        else if (_start.Size <= told.Position) report.Note($"{where}: what was before was removed, as head {told.Head} says");
        else report.Problem(
            $"partition {partition}, {ExportFolder.StartFile(partition)}", $"it begins with position {_next}: no head says that what was before was removed");
    }

    private void Check(EventRow row)
    {
        report.Events++;
        var isInPlace = CheckPosition(row);                                     // 1
        var computed = ChainHash.Of(row);                                       // 2
        if (computed != row.Hash) report.Problem(partition, row, $"its hash is {row.Hash}, but what it covers has {computed}: the event was changed");
        if (isInPlace) mailboxes.Follow(partition, row, _start.Size == 0);      // 3
        CheckPayload(row);                                                      // 4, 5
        receipts.Meet(partition, row, isGenuine: computed == row.Hash);         // 6
        if (!isInPlace) return;
        _tree?.Add(row.Hash);                                                   // 7
        checkpoints.Reach(row.Position, _tree is null ? null : _tree.Root);
    }

    private bool CheckPosition(EventRow row)
    {
        if (row.Position < _next)
        {
            report.Problem(partition, row, $"position {_next} was to come: this one is there twice, or in the wrong order");
            return false;
        }

        if (row.Position > _next)
        {
            var gap = row.Position - 1 == _next ? $"position {_next} is" : $"positions {_next} to {row.Position - 1} are";
            report.Problem(partition, row, $"{gap} missing before it");
            checkpoints.Miss(_next, row.Position - 1);
            _tree = null;
        }

        _next = row.Position + 1;
        return true;
    }

    private void CheckPayload(EventRow row)
    {
        if (PayloadFacts.TryRead(row.Payload) is not { } payload)
        {
            report.Problem(partition, row, "its payload is no JSON object");
            return;
        }

        if (payload.IsAmbiguous) report.Problem(partition, row, "its payload can be read in two ways");
        if (payload.Type != row.Type) report.Problem(partition, row, $"its payload has type {Printable.Of(payload.Type ?? "none")}, the row {row.Type}");
        if (payload.Account != row.Account) report.Problem(partition, row, $"its payload has account {Text(payload.Account)}, the row {row.Account}");
        if (payload.At != row.At) report.Problem(partition, row, $"its payload has timestamp {Text(payload.At)} µs, the row {row.At} µs");
        _collected.Follow(row);
        if (row.Type is not ("MessageNew" or "MessageAppend")) return;
        foreach (var body in payload.Bodies) bodies.Expect(partition, row, body);
    }

    private void Summarize()
    {
        var events = _next - 1 - _start.Size;
        var last = checkpoints.LastGood;
        if (events > 0 && last == 0) report.Problem($"partition {partition}", "no checkpoint vouches for any of its events");
        report.Partition(string.Create(
            CultureInfo.InvariantCulture,
            $"partition {partition}: {events} events to position {_next - 1}, good checkpoints up to {last}, {Math.Max(0, _next - 1 - last)} after them"));
    }

    private static string Text(object? value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : "none";
}
