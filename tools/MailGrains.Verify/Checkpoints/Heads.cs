using System.Globalization;
using MailGrains.Verify.Files;
using MailGrains.Verify.TimeStamps;

namespace MailGrains.Verify.Checkpoints;

/// <summary>
/// The heads of the export: (1) none is missing, (2) each is signed and (3) names the one before, (4) nothing that was signed grew less, (5) breaks, (6) time
/// stamps. Keeps a size and a root for each time a partition was signed with more events.
/// </summary>
internal sealed class Heads
{
    private const string Folder = "heads";

    private readonly Dictionary<int, List<(string File, TreeHead Head)>> _trees = [];
    private readonly Dictionary<long, Digest> _hashes = [];
    private readonly bool _areExpected;
    private readonly Report _report;
    private HeadNote? _last;
    private Digest _hash;
    private string? _otherPartitions;

    private Heads(bool areExpected, Report report) => (_areExpected, _report) = (areExpected, report);

    public static Heads Read(ExportFolder folder, LogFile log, IReadOnlyList<NoteKey> keys, VerifyRequest request, Report report)
    {
        var heads = new Heads(log.HasHeads, report);
        if (!log.HasHeads)
        {
            report.Note("this export is of format 1: how many partitions the log has is not signed, nor that one without events had none");
            return heads;
        }

        var stamps = StampCheck.Of(request.Authorities, folder, report);
        var numbers = heads.Numbers(folder);
        if (numbers.Count == 0) report.Problem(Folder, "there is none: nobody has signed how many partitions there are, and with how many events");
        foreach (var number in numbers) heads.Take(folder, number, log, keys, request.AcceptedBreaks, stamps);
        foreach (var number in request.AcceptedBreaks.Except(numbers)) report.Problem($"--accept-break {number}", "there is no such head");
        if (heads._otherPartitions is { } other) report.Problem("log.json", $"it has {log.Partitions} partitions, but signed was {other}");
        if (heads._last is { } last)
            report.Heads(string.Create(CultureInfo.InvariantCulture, $"heads {numbers[0]} to {last.Number}, the last signed {last.Time}; {stamps.Summary}"));
        return heads;
    }

    /// <summary>
    /// Up to which position the last head says that events of a partition were removed, and which head it is; 0: nothing was. Null: the export's format has no
    /// heads.
    /// </summary>
    public (long Position, long Head)? RemovedOf(int partition)
    {
        if (!_areExpected) return null;
        return _last is { } last && partition < last.Removed.Count ? (last.Removed[partition], last.Number) : (0, 0);
    }

    /// <summary>
    /// Heads kept elsewhere are among those of the export. Whoever has the server can take all of its heads away, and what was accepted in them, and begin
    /// anew; a new key makes a new beginning too, which is known to be right when a break was accepted.
    /// </summary>
    public void Find(IEnumerable<(string File, long Number, Digest Hash)> kept, VerifyRequest request)
    {
        if (!_areExpected) return;
        foreach (var (file, number, hash) in kept)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Folder}/{number}.txt");
            var isThere = _hashes.TryGetValue(number, out var found);
            if (isThere && found == hash) continue;
            var what = isThere ? $"{name} of the export is not the one that was kept" : $"the export has no {name}, or not the one that was kept";
            if (request.AcceptedBreaks.Count > 0) _report.Note($"{file}: {what}");
            else _report.Problem(file, what);
        }
    }

    /// <summary>What was signed of a partition since the last break.</summary>
    public IEnumerable<(string File, TreeHead Head)> Of(int partition) => _trees.GetValueOrDefault(partition) ?? [];

    private List<long> Numbers(ExportFolder folder)
    {
        var numbers = new List<long>();
        foreach (var name in folder.Names(Folder))
        {
            var number = ExportFolder.Number(Path.GetFileNameWithoutExtension(name));
            if (number is > 0 and { } head && name == $"{head}.txt") numbers.Add(head);
            else if (number is null || name != $"{number}.tst") _report.Problem($"{Folder}/{Printable.Of(name)}", "it is neither a head nor a time stamp");
        }

        numbers.Sort();
        return numbers;
    }

    private void Take(ExportFolder folder, long number, LogFile log, IReadOnlyList<NoteKey> keys, IReadOnlyList<long> accepted, StampCheck stamps)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"{Folder}/{number}.txt");
        var expected = (_last?.Number ?? 0) + 1;
        if (number != expected) _report.Problem(file, $"heads {expected} to {number - 1} are missing before it");
        var octets = Octets(folder, file);
        if (octets is null) return;
        var (head, hash, wrong) = HeadNote.Read(octets, keys);
        if (head is not null && (head.Log != log.Name || head.Number != number)) wrong = $"it is head {head.Number} of {Printable.Of(head.Log)}";
        if (head is null || wrong is not null)
        {
            _report.Problem(file, wrong!);
            return;
        }

        if (number == expected && head.Previous != _hash) _report.Problem(file, $"it does not follow the head {number - 1} that is there");
        if (head.Break is not null) TakeBreak(file, head, accepted);
        Compare(file, head);
        if (head.Trees.Count != log.Partitions) _otherPartitions ??= $"{file}, with {head.Trees.Count} partitions";
        stamps.Check(number, octets);
        _hashes[number] = hash;
        (_last, _hash) = (head, hash);
    }

    private void TakeBreak(string file, HeadNote head, IReadOnlyList<long> accepted)
    {
        var what = $"an administrator accepted at {head.Time} that the log is not the continuation of what was signed before, with the reason "
            + $"'{Printable.Of(head.Break!)}'; found was: {Printable.Of(string.Join("; ", head.Found))}";
        if (accepted.Contains(head.Number)) _report.Note($"{file}: {what}");
        else _report.Problem(file, $"{what}. If you accept it too, give --accept-break {head.Number}");
        _trees.Clear();
        (_last, _otherPartitions) = (null, null);
    }

    private void Compare(string file, HeadNote head)
    {
        for (var partition = 0; partition < head.Trees.Count; partition++)
        {
            var tree = head.Trees[partition];
            var before = _last is { } last && partition < last.Trees.Count ? last.Trees[partition] : null;
            if (before is not null && before.Size > tree.Size)
                _report.Problem(file, $"partition {partition} has {tree.Size} events, fewer than the {before.Size} of the head before");
            if (_last is { } former && partition < former.Removed.Count && former.Removed[partition] > head.Removed[partition])
                _report.Problem(file, $"partition {partition}: it says that less was removed than the head before");
            if (before == tree) continue;
            if (!_trees.TryGetValue(partition, out var trees)) _trees.Add(partition, trees = []);
            trees.Add((file, tree));
        }
    }

    private byte[]? Octets(ExportFolder folder, string file)
    {
        try
        {
            if (folder.ReadSmall(file, Note.Limit) is { } octets) return octets;
            _report.Problem(file, "it is too long");
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            _report.Problem(file, $"it can't be read ({Printable.Of(failure.Message)})");
        }

        return null;
    }
}
