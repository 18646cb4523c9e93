using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Notes;
using MailGrains.Model;

namespace MailGrains.Evidence.Signing;

/// <summary>
/// What is signed about the whole log at once: how many partitions it has, and the tree of each, those without events too. Each head names the one before
/// it, so that none can be left out.
/// </summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Previous">SHA-256 of the text of the head before; zeros in the first.</param>
/// <param name="Time">When it was signed, to the second.</param>
/// <param name="Break">Not null when what was signed before isn't the beginning of this.</param>
public sealed record LogHead(
    string LogName, long Number, BlobId Previous, DateTimeOffset Time, IReadOnlyList<TreeHead> Partitions, LogBreak? Break = null)
{
    /// <summary>More would make notes too long.</summary>
    public const int MaxPartitions = 1024;

    private const string Format = "mailgrains/log-head@v1";
    private const string FormatOfShortened = "mailgrains/log-head@v2";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int FixedLines = 6;

    /// <summary>By partition, up to which position retention may have removed events; 0: it has all. Empty: all have all.</summary>
    public IReadOnlyList<long> Removed { get; init; } = [];

    /// <summary>What the next head names.</summary>
    public BlobId Hash => BlobId.Of(Encoding.UTF8.GetBytes(ToText()));

    /// <summary>The checkpoint of one partition.</summary>
    public Checkpoint CheckpointOf(int partition) =>
        new(Checkpoint.OriginOf(LogName, partition), Partitions[partition].Size, Partitions[partition].Root);

    /// <summary>Up to where events of a partition may have been removed.</summary>
    public long RemovedOf(int partition) => partition < Removed.Count ? Removed[partition] : 0;

    /// <summary>The text a signature covers: format 1 of docs/evidence.md, or 2 when something was removed.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(IsShortened ? FormatOfShortened : Format);
        text.Append(CultureInfo.InvariantCulture, $"\n{LogName}\nnumber {Number}\nprevious {Convert.ToBase64String(Previous.ToArray())}\n");
        text.Append("time ").Append(Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        text.Append(CultureInfo.InvariantCulture, $"\npartitions {Partitions.Count}\n");
        for (var partition = 0; partition < Partitions.Count; partition++)
        {
            var head = Partitions[partition];
            text.Append(CultureInfo.InvariantCulture, $"{partition} {head.Size} {Convert.ToBase64String(head.Root.ToArray())}\n");
        }

        for (var partition = 0; partition < Removed.Count; partition++)
            if (Removed[partition] > 0) text.Append(CultureInfo.InvariantCulture, $"removed {partition} {Removed[partition]}\n");
        if (Break is null) return text.ToString();
        text.Append(CultureInfo.InvariantCulture, $"break {Break.Reason}\n");
        foreach (var found in Break.Found) text.Append(CultureInfo.InvariantCulture, $"found {found}\n");
        return text.ToString();
    }

    private bool IsShortened => Removed.Any(position => position > 0);

    /// <summary>Reads what <see cref="ToText"/> wrote; false when it is anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LogHead? head)
    {
        head = null;
        if (text is null || text.Length > Checkpoint.MaxLength * 2 || !text.EndsWith('\n')) return false;
        var lines = text[..^1].Split('\n');
        if (lines.Length < FixedLines || lines[0] is not (Format or FormatOfShortened) || lines.Contains("")) return false;
        if (!long.TryParse(Value(lines[2], "number "), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) return false;
        if (CanonicalBase64.TryDecode(Value(lines[3], "previous "), BlobId.Length) is not { Length: BlobId.Length } previous) return false;
        if (!DateTimeOffset.TryParseExact(
            Value(lines[4], "time "), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return false;
        if (!int.TryParse(Value(lines[5], "partitions "), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        if (count is 0 or > MaxPartitions || lines.Length < FixedLines + count) return false;
        var partitions = new List<TreeHead>();
        for (var partition = 0; partition < count; partition++)
        {
            if (TryParseTree(lines[FixedLines + partition], partition) is not { } tree) return false;
            partitions.Add(tree);
        }

        var rest = lines.AsSpan(FixedLines + count);
        var removed = RemovedOf(ref rest, count);
        var read = new LogHead(lines[1], number, BlobId.Read(previous), time, partitions, BreakOf(rest)) { Removed = removed };

        // One head has one text.
        if (read.ToText() != text) return false;
        head = read;
        return true;
    }

    private static TreeHead? TryParseTree(string line, int partition)
    {
        if (line.Split(' ') is not [var number, var size, var root] || number != partition.ToString(CultureInfo.InvariantCulture)) return null;
        if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var entries)) return null;
        return CanonicalBase64.TryDecode(root, TreeHash.Length) is { Length: TreeHash.Length } hash ? new TreeHead(entries, TreeHash.Read(hash)) : null;
    }

    /// <summary>Takes the lines that say what was removed; whatever is wrong with them, the text is another then.</summary>
    private static long[] RemovedOf(ref Span<string> lines, int partitions)
    {
        var removed = new long[partitions];
        for (; !lines.IsEmpty && lines[0].Split(' ') is ["removed", var number, var position]; lines = lines[1..])
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var partition) || partition >= partitions) break;
            if (!long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out removed[partition])) break;
        }

        return removed;
    }

    private static LogBreak? BreakOf(ReadOnlySpan<string> lines)
    {
        if (lines.IsEmpty) return null;
        var found = new List<string>();
        foreach (var line in lines[1..]) found.Add(Value(line, "found "));
        return new LogBreak(Value(lines[0], "break "), found);
    }

    private static string Value(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : "";
}
