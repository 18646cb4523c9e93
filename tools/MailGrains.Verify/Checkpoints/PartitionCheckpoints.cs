using MailGrains.Verify.Files;

namespace MailGrains.Verify.Checkpoints;

/// <summary>
/// A partition's checkpoints, those of the export, its heads and those kept elsewhere, compared with the tree whenever it has a checkpoint's size. That all
/// belong to one tree is what makes them consistent with each other. Keeps the sizes of the export's, 8 octets each, and reads a file when its turn comes.
/// </summary>
internal sealed class PartitionCheckpoints
{
    private readonly ExportFolder _folder;
    private readonly int _partition;
    private readonly string _origin;
    private readonly IReadOnlyList<NoteKey> _keys;
    private readonly Heads _heads;
    private readonly Report _report;
    private readonly List<long> _sizes = [];
    private readonly List<(string File, TreeHead Head)> _kept;
    private int _nextSize;
    private int _nextKept;
    private (long First, long Last)? _gap;

    public PartitionCheckpoints(
        ExportFolder folder, LogFile log, int partition, IReadOnlyList<NoteKey> keys, Heads heads, KeptCheckpoints kept, Report report)
    {
        (_folder, _partition, _origin, _keys, _heads, _report) = (folder, partition, log.Origin(partition), keys, heads, report);
        _kept = [.. kept.Of(partition)];
        foreach (var name in folder.Names(ExportFolder.CheckpointFolder(partition)))
        {
            const string ending = ".txt";
            var size = name.EndsWith(ending, StringComparison.Ordinal) ? ExportFolder.Number(name.AsSpan(0, name.Length - ending.Length)) : null;
            if (size is { } known) _sizes.Add(known);
            else report.Problem($"{ExportFolder.CheckpointFolder(partition)}/{Printable.Of(name)}", "its name is no size");
        }

        _sizes.Sort();
    }

    /// <summary>The largest size up to which a good checkpoint has the same root as the events; 0 when there is none.</summary>
    public long LastGood { get; private set; }

    /// <summary>
    /// Before the first event: those about what the export leaves out can't be compared. That is no problem with heads, of which all are always there.
    /// </summary>
    public void Begin(long size, Func<Digest> root)
    {
        _kept.AddRange(_heads.Of(_partition).Where(h => h.Head.Size >= size));
        _kept.Sort((a, b) => a.Head.Size.CompareTo(b.Head.Size));
        Pass(size - 1, $"it can't be compared: the export begins with position {size + 1}");
        Reach(size, root);
    }

    /// <summary>The tree has so many entries now. No root when positions were missing.</summary>
    public void Reach(long size, Func<Digest>? root)
    {
        if (!IsNext(size)) return;
        if (root is null) Pass(size, Gap());
        else Compare(size, root());
    }

    /// <summary>These positions are missing: nothing from there on can be compared.</summary>
    public void Miss(long first, long last)
    {
        _gap ??= (first, last);
        Pass(last, Gap());
    }

    /// <summary>There are no more events: whatever is about more of them shows that the end is missing.</summary>
    public void End(long size) => Pass(long.MaxValue, $"partition {_partition} ends with position {size}: what was signed after it is missing");

    private bool IsNext(long size) =>
        (_nextSize < _sizes.Count && _sizes[_nextSize] <= size) || (_nextKept < _kept.Count && _kept[_nextKept].Head.Size <= size);

    private void Compare(long size, Digest root)
    {
        var isGood = false;
        foreach (var (file, head) in Take(size))
        {
            if (head.Root == root) isGood = true;
            else _report.Problem(file, $"partition {_partition}: it has root {head.Root} for size {size}, the events have {root}{Between(size)}");
        }

        if (isGood) LastGood = size;
    }

    /// <summary>Says where the change is, as long as there is one place it can be.</summary>
    private string Between(long size) => $": the change is in positions {LastGood + 1} to {size}";

    private void Pass(long size, string why)
    {
        foreach (var (file, head) in Take(size)) _report.Problem(file, $"partition {_partition}, size {head.Size}: {why}");
    }

    private string Gap() => $"it can't be compared: positions {_gap!.Value.First} to {_gap.Value.Last} are missing";

    /// <summary>The good checkpoints up to a size, each once; for the others there is a problem.</summary>
    private IEnumerable<(string File, TreeHead Head)> Take(long size)
    {
        while (_nextSize < _sizes.Count && _sizes[_nextSize] <= size)
        {
            var file = ExportFolder.CheckpointFile(_partition, _sizes[_nextSize]);
            if (ReadExported(file, _sizes[_nextSize++]) is { } head) yield return (file, head);
        }

        while (_nextKept < _kept.Count && _kept[_nextKept].Head.Size <= size) yield return _kept[_nextKept++];
    }

    private TreeHead? ReadExported(string file, long size)
    {
        _report.Checkpoints++;
        string? wrong;
        try
        {
            (var head, wrong) = TreeHead.Read(_folder.ReadSmall(file, Note.Limit), _keys);
            if (head is not null && head.Origin == _origin && head.Size == size) return head;
            if (head is not null) wrong = $"it is about {Printable.Of(head.Origin)} and size {head.Size}";
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            wrong = $"it can't be read ({Printable.Of(failure.Message)})";
        }

        _report.Problem(file, $"partition {_partition}, size {size}: {wrong}");
        return null;
    }
}
