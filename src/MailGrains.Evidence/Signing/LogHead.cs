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
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int FixedLines = 6;

    /// <summary>What the next head names.</summary>
    public BlobId Hash => BlobId.Of(Encoding.UTF8.GetBytes(ToText()));

    /// <summary>The checkpoint of one partition.</summary>
    public Checkpoint CheckpointOf(int partition) =>
        new(Checkpoint.OriginOf(LogName, partition), Partitions[partition].Size, Partitions[partition].Root);

    /// <summary>The text a signature covers: format 1 of docs/evidence.md.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Format}\n{LogName}\nnumber {Number}\nprevious {Convert.ToBase64String(Previous.ToArray())}\n");
        text.Append("time ").Append(Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        text.Append(CultureInfo.InvariantCulture, $"\npartitions {Partitions.Count}\n");
        for (var partition = 0; partition < Partitions.Count; partition++)
        {
            var head = Partitions[partition];
            text.Append(CultureInfo.InvariantCulture, $"{partition} {head.Size} {Convert.ToBase64String(head.Root.ToArray())}\n");
        }

        if (Break is null) return text.ToString();
        text.Append(CultureInfo.InvariantCulture, $"break {Break.Reason}\n");
        foreach (var found in Break.Found) text.Append(CultureInfo.InvariantCulture, $"found {found}\n");
        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToText"/> wrote; false when it is anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LogHead? head)
    {
        head = null;
        if (text is null || text.Length > Checkpoint.MaxLength * 2 || !text.EndsWith('\n')) return false;
        var lines = text[..^1].Split('\n');
        if (lines.Length < FixedLines || lines[0] != Format || lines.Contains("")) return false;
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

        var read = new LogHead(lines[1], number, BlobId.Read(previous), time, partitions, BreakOf(lines.AsSpan(FixedLines + count)));

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

    private static LogBreak? BreakOf(ReadOnlySpan<string> lines)
    {
        if (lines.IsEmpty) return null;
        var found = new List<string>();
        foreach (var line in lines[1..]) found.Add(Value(line, "found "));
        return new LogBreak(Value(lines[0], "break "), found);
    }

    private static string Value(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : "";
}
