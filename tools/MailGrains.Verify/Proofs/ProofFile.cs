using System.Text;
using System.Text.Unicode;
using MailGrains.Verify.Events;
using MailGrains.Verify.Files;
using MailGrains.Verify.Receipts;

namespace MailGrains.Verify.Proofs;

/// <summary>A proof of one event, format 1 of docs/evidence.md. Every octet of the file is in one of these members, or can only be as it is.</summary>
/// <param name="Leaf">The leaf hash it names.</param>
/// <param name="Since">Size and root of the tree that is its beginning, or null.</param>
/// <param name="Checkpoint">The signed note.</param>
internal sealed record ProofFile(
    ReceiptText Receipt,
    EventRow Event,
    Digest Leaf,
    (long Size, Digest Root)? Since,
    IReadOnlyList<Digest> Consistency,
    long Index,
    IReadOnlyList<Digest> Path,
    byte[] Checkpoint)
{
    private const string Format = "mailgrains/event-proof@v1";
    private const string TreeFormat = "c2sp.org/tlog-proof@v1";

    /// <summary>Hashes of a path in a tree of 2^63 entries.</summary>
    private const int MaxHashes = 64;

    /// <summary>Null when the octets are no proof.</summary>
    public static ProofFile? TryParse(byte[] octets)
    {
        if (!Utf8.IsValid(octets)) return null;
        var text = Encoding.UTF8.GetString(octets);
        if (Cut(text, 0) is not var (about, second) || Cut(text, second) is not var (tree, third)) return null;
        var lines = about.Split('\n', MaxHashes + 6);
        if (lines.Length < 4 || lines[0] != Format) return null;
        if (ReceiptText.TryParse(Value(lines[1], "receipt ")) is not { } receipt || Row(Value(lines[2], "event ")) is not { } row) return null;
        if (Digest.TryParseBase64(Value(lines[3], "leaf ")) is not { } leaf || Earlier(lines.AsSpan(4)) is not var (since, consistency)) return null;
        var path = tree.Split('\n', MaxHashes + 3);
        if (path.Length < 2 || path[0] != TreeFormat || ExportFolder.Number(Value(path[1], "index ")) is not { } index) return null;
        return Hashes(path.AsSpan(2)) is { } hashes
            ? new ProofFile(receipt, row, leaf, since, consistency, index, hashes, Encoding.UTF8.GetBytes(text[third..]))
            : null;
    }

    /// <summary>Up to the next empty line, and where what is behind it begins.</summary>
    private static (string Part, int Next)? Cut(string text, int start)
    {
        var end = text.IndexOf("\n\n", start, StringComparison.Ordinal);
        return end < 0 ? null : (text[start..end], end + 2);
    }

    private static ((long, Digest)? Since, IReadOnlyList<Digest> Consistency)? Earlier(ReadOnlySpan<string> lines)
    {
        if (lines.IsEmpty) return (null, []);
        if (lines[0].Split(' ') is not ["since", var size, var root] || ExportFolder.Number(size) is not { } entries) return null;
        if (Digest.TryParseBase64(root) is not { } digest) return null;
        return Hashes(lines[1..]) is { } consistency ? ((entries, digest), consistency) : null;
    }

    private static List<Digest>? Hashes(ReadOnlySpan<string> lines)
    {
        var hashes = new List<Digest>();
        foreach (var line in lines)
        {
            if (Digest.TryParseBase64(line) is not { } hash || hashes.Count == MaxHashes) return null;
            hashes.Add(hash);
        }

        return hashes;
    }

    private static EventRow? Row(string line) => EventRowParser.TryParse(Encoding.UTF8.GetBytes(line)) is { } row && row.ToLine() == line ? row : null;

    private static string Value(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : "";
}
