using MailGrains.Verify.Files;

namespace MailGrains.Verify.Checkpoints;

/// <summary>Checkpoints kept elsewhere: what was signed once and must still be the beginning of the log.</summary>
internal sealed class KeptCheckpoints
{
    private readonly List<(string File, int Partition, TreeHead Head)> _trees = [];
    private readonly List<(string File, long Number, Digest Hash)> _heads = [];

    /// <summary>Those that are heads of the whole log.</summary>
    public IEnumerable<(string File, long Number, Digest Hash)> Heads => _heads;

    /// <exception cref="UnreadableException">There is no such file.</exception>
    public static KeptCheckpoints Read(IReadOnlyList<string> files, LogFile log, IReadOnlyList<NoteKey> keys, Report report)
    {
        var kept = new KeptCheckpoints();
        foreach (var file in files)
        {
            var octets = Octets(file);
            var (head, wrong) = TreeHead.Read(octets, keys);
            if (head is not null) kept.Add(file, head, log, report);
            else if (HeadNote.Read(octets, keys) is ({ } all, var hash, _)) kept.AddAll(file, all, hash, log, report);
            else report.Problem(Printable.Of(file), wrong!);
        }

        return kept;
    }

    public IEnumerable<(string File, TreeHead Head)> Of(int partition) => _trees.Where(t => t.Partition == partition).Select(t => (t.File, t.Head));

    private void Add(string file, TreeHead head, LogFile log, Report report)
    {
        if (PartitionOf(head, log) is { } partition) _trees.Add((Printable.Of(file), partition, head));
        else report.Problem(Printable.Of(file), $"it is about {Printable.Of(head.Origin)}, which is no partition of {Printable.Of(log.Name)}");
    }

    private void AddAll(string file, HeadNote head, Digest hash, LogFile log, Report report)
    {
        if (head.Log == log.Name) _heads.Add((Printable.Of(file), head.Number, hash));
        if (head.Log == log.Name && head.Trees.Count > log.Partitions)
            report.Problem(Printable.Of(file), $"it was signed with {head.Trees.Count} partitions, log.json has {log.Partitions}");
        foreach (var tree in head.Trees) Add(file, tree, log, report);
    }

    private static int? PartitionOf(TreeHead head, LogFile log)
    {
        var prefix = log.Name + "/";
        if (!head.Origin.StartsWith(prefix, StringComparison.Ordinal)) return null;
        return ExportFolder.Number(head.Origin.AsSpan(prefix.Length)) is { } partition && partition < log.Partitions ? (int)partition : null;
    }

    private static byte[]? Octets(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return ExportFolder.ReadSmall(stream, Note.Limit);
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            throw new UnreadableException($"{file} can't be read ({failure.Message}).");
        }
    }
}
