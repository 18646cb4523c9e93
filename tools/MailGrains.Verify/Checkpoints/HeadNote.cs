using System.Globalization;
using MailGrains.Verify.Files;

namespace MailGrains.Verify.Checkpoints;

/// <summary>What a head states: the trees of all partitions of the log at once (docs/evidence.md, heads).</summary>
/// <param name="Previous">SHA-256 of the text of the head before; zeros in the first.</param>
/// <param name="Time">As it is in the text.</param>
/// <param name="Trees">By partition.</param>
/// <param name="Removed">By partition, up to which position events may have been removed; none: 0.</param>
/// <param name="Break">Why what was signed before is not the beginning of this; null: it is.</param>
internal sealed record HeadNote(
    string Log,
    long Number,
    Digest Previous,
    string Time,
    IReadOnlyList<TreeHead> Trees,
    IReadOnlyList<long> Removed,
    string? Break,
    IReadOnlyList<string> Found)
{
    private const string Format = "mailgrains/log-head@v1";
    private const string FormatOfShortened = "mailgrains/log-head@v2";
    private const int FixedLines = 6;
    private const int MaxPartitions = 1024;

    /// <summary>Null when the text is no head.</summary>
    public static HeadNote? TryParse(string text)
    {
        if (text.Length is 0 or > Note.Limit || text[^1] != '\n') return null;
        var lines = text[..^1].Split('\n');
        if (lines.Length <= FixedLines || lines[0] is not (Format or FormatOfShortened) || lines.Contains("")) return null;
        if (ExportFolder.Number(Value(lines[2], "number ")) is not (> 0 and var number)) return null;
        if (Digest.TryParseBase64(Value(lines[3], "previous ")) is not { } previous) return null;
        var time = Value(lines[4], "time ");
        if (!DateTimeOffset.TryParseExact(time, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)) return null;
        if (ExportFolder.Number(Value(lines[5], "partitions ")) is not (> 0 and <= MaxPartitions and var partitions)) return null;
        if (lines.Length < FixedLines + partitions) return null;
        var trees = new List<TreeHead>();
        for (var partition = 0; partition < partitions; partition++)
        {
            if (lines[FixedLines + partition].Split(' ') is not [var at, var size, var root] || ExportFolder.Number(at) != partition) return null;
            if (ExportFolder.Number(size) is not { } entries || Digest.TryParseBase64(root) is not { } digest) return null;
            trees.Add(new TreeHead(string.Create(CultureInfo.InvariantCulture, $"{lines[1]}/{partition}"), entries, digest));
        }

        var rest = lines[(FixedLines + (int)partitions)..];
        if (RemovedOf(rest, trees) is not { } removed || (lines[0] == Format) != removed.All(position => position == 0)) return null;
        return BreakOf([.. rest.SkipWhile(IsOfRemoved)]) is var (reason, found)
            ? new HeadNote(lines[1], number, previous, time, trees, removed, reason, found)
            : null;
    }

    /// <summary>A head that is what it should be, with the hash that the next one names; else what is wrong with it.</summary>
    public static (HeadNote? Head, Digest Hash, string? Wrong) Read(byte[]? octets, IReadOnlyList<NoteKey> keys)
    {
        if (octets is null || Note.TryParse(octets) is not { } note) return (null, default, "it is no signed note");
        if (note.Reject(keys) is { } wrong) return (null, default, wrong);
        return TryParse(note.Text) is { } head
            ? (head, Digest.Of(System.Text.Encoding.UTF8.GetBytes(note.Text)), null)
            : (null, default, "it is signed, but no head of a log");
    }

    private static bool IsOfRemoved(string line) => line.StartsWith("removed ", StringComparison.Ordinal);

    /// <summary>Lines in order of partitions; never as much as was signed. Null: they are wrong.</summary>
    private static long[]? RemovedOf(IEnumerable<string> lines, List<TreeHead> trees)
    {
        var removed = new long[trees.Count];
        var next = 0L;
        foreach (var line in lines.TakeWhile(IsOfRemoved))
        {
            if (line.Split(' ') is not [_, var number, var position] || ExportFolder.Number(number) is not { } partition) return null;
            if (partition < next || partition >= removed.Length || ExportFolder.Number(position) is not (> 0 and { } count)) return null;
            if (count >= trees[(int)partition].Size) return null;
            removed[partition] = count;
            next = partition + 1;
        }

        return removed;
    }

    private static (string? Reason, List<string> Found)? BreakOf(string[] lines)
    {
        if (lines.Length == 0) return (null, []);
        if (!lines[0].StartsWith("break ", StringComparison.Ordinal)) return null;
        var found = lines.Skip(1).Select(line => Value(line, "found ")).ToList();
        return found.Contains("") ? null : (Value(lines[0], "break "), found);
    }

    private static string Value(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : "";
}
