using MailGrains.Verify.Files;

namespace MailGrains.Verify.Checkpoints;

/// <summary>Checkpoints kept elsewhere: what was signed once and must still be the beginning of the log.</summary>
internal sealed class KeptCheckpoints
{
    private readonly List<(string File, int Partition, TreeHead Head)> _heads = [];

    /// <exception cref="UnreadableException">There is no such file.</exception>
    public static KeptCheckpoints Read(IReadOnlyList<string> files, LogFile log, IReadOnlyList<NoteKey> keys, Report report)
    {
        var kept = new KeptCheckpoints();
        foreach (var file in files)
        {
            var (head, wrong) = TreeHead.Read(Octets(file), keys);
            if (head is null) report.Problem(Printable.Of(file), wrong!);
            else if (PartitionOf(head, log) is { } partition) kept._heads.Add((Printable.Of(file), partition, head));
            else report.Problem(Printable.Of(file), $"it is about {Printable.Of(head.Origin)}, which is no partition of {Printable.Of(log.Name)}");
        }

        return kept;
    }

    public IEnumerable<(string File, TreeHead Head)> Of(int partition) => _heads.Where(h => h.Partition == partition).Select(h => (h.File, h.Head));

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
