using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using MailGrains.Evidence.Merkle;

namespace MailGrains.Evidence.Notes;

/// <summary>What a checkpoint states (C2SP tlog-checkpoint): the tree of this log had that root when it had that many entries.</summary>
/// <param name="Origin">Which log: <see cref="OriginOf"/>.</param>
/// <param name="Size">Entries, 0 or more.</param>
/// <param name="Extensions">Further lines, none of them empty. MailGrains writes none.</param>
public sealed record Checkpoint(string Origin, long Size, TreeHash Root, IReadOnlyList<string> Extensions)
{
    /// <summary>Characters of the text, so that one with all its signatures remains a note.</summary>
    public const int MaxLength = 64 * 1024;

    private const int MaxExtensions = 64;

    public Checkpoint(string origin, long size, TreeHash root)
        : this(origin, size, root, [])
    {
    }

    /// <summary>The origin of a partition's tree: <c>name/partition</c>.</summary>
    public static string OriginOf(string logName, int partition) => string.Create(CultureInfo.InvariantCulture, $"{logName}/{partition}");

    /// <summary>
    /// text = origin LF size LF base64(root) LF *(extension LF), size in decimal without leading zeros. False when it is anything else.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (text is null || text.Length > MaxLength || !text.EndsWith('\n') || text.AsSpan().Count('\n') > 3 + MaxExtensions) return false;
        var lines = text[..^1].Split('\n');
        if (lines.Length < 3 || lines.Contains("") || !TryParseSize(lines[1], out var size)) return false;
        var root = CanonicalBase64.TryDecode(lines[2], TreeHash.Length);
        if (root is null || root.Length != TreeHash.Length) return false;
        checkpoint = new Checkpoint(lines[0], size, TreeHash.Read(root), lines[3..]);
        return true;
    }

    /// <summary>The text, signed.</summary>
    public SignedNote Sign(params IReadOnlyList<NoteSigner> signers) => SignedNote.Sign(ToText(), signers);

    /// <summary>The text a signature covers.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");
        foreach (var extension in Extensions) text.Append(extension).Append('\n');
        return text.ToString();
    }

    private static bool TryParseSize(string text, out long size)
    {
        size = 0;
        return (text == "0" || !text.StartsWith('0')) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }
}
