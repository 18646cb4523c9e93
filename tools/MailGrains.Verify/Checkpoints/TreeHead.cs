using MailGrains.Verify.Files;

namespace MailGrains.Verify.Checkpoints;

/// <summary>What a checkpoint states (C2SP tlog-checkpoint).</summary>
internal sealed record TreeHead(string Origin, long Size, Digest Root)
{
    private const int MaxLength = 64 * 1024;

    /// <summary>text = origin LF size LF base64(root) LF *(extension LF). Null when it is anything else.</summary>
    public static TreeHead? TryParse(string text)
    {
        if (text.Length is 0 or > MaxLength || text[^1] != '\n') return null;
        var lines = text[..^1].Split('\n');
        if (lines.Length < 3 || lines.Contains("") || ExportFolder.Number(lines[1]) is not { } size) return null;
        var root = new byte[Digest.Length];
        if (lines[2].Length != 44 || !Convert.TryFromBase64String(lines[2], root, out var length) || length != Digest.Length) return null;
        return new TreeHead(lines[0], size, Digest.Read(root));
    }

    /// <summary>A checkpoint that is what it should be; else what is wrong with it.</summary>
    public static (TreeHead? Head, string? Wrong) Read(byte[]? octets, IReadOnlyList<NoteKey> keys)
    {
        if (octets is null || Note.TryParse(octets) is not { } note) return (null, "it is no signed note");
        if (note.Reject(keys) is { } wrong) return (null, wrong);
        return TryParse(note.Text) is { } head ? (head, null) : (null, "it is signed, but no checkpoint");
    }
}
