using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace MailGrains.Evidence.Notes;

/// <summary>
/// A text with the signatures below it (C2SP signed-note). Parsing checks the form only; the text is worth nothing before a signature is verified.
/// </summary>
public sealed class SignedNote
{
    /// <summary>Octets of a whole note: room for the 16 large signatures that must be accepted.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Lines below the text.</summary>
    public const int MaxSignatures = 32;

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>What is signed, with the line end it ends with.</summary>
    public string Text { get; }

    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Signs a text.</summary>
    /// <exception cref="ArgumentException">The text doesn't end with a line end, has controls other than that, or is too long.</exception>
    public static SignedNote Sign(string text, params IReadOnlyList<NoteSigner> signers)
    {
        if (!text.EndsWith('\n') || HasControls(text) || text.Length > MaxLength / 2) throw new ArgumentException("No text of a note.", nameof(text));
        return new SignedNote(text, [.. signers.Select(s => s.Sign(text))]);
    }

    /// <summary>note = text LF 1*(signature-line LF): the text ends where the last empty line stands. False when it is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (octets.Length > MaxLength || !Utf8.IsValid(octets)) return false;
        var all = Encoding.UTF8.GetString(octets);
        var textEnd = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (textEnd < 0 || !all.EndsWith('\n') || HasControls(all)) return false;
        var lines = all.AsSpan(textEnd + 2);
        if (lines.IsEmpty || lines.Count('\n') > MaxSignatures) return false;

        var signatures = new List<NoteSignature>();
        foreach (var line in lines[..^1].Split('\n'))
        {
            if (NoteSignature.TryParse(lines[line]) is not { } signature) return false;
            signatures.Add(signature);
        }

        note = new SignedNote(all[..(textEnd + 1)], signatures);
        return true;
    }

    /// <summary>
    /// Whether the key has signed the text, and every signature that claims to be this key's is good; what other keys signed is not looked at.
    /// </summary>
    public bool IsSignedBy(NoteVerifier key)
    {
        var claimed = Signatures.Where(s => s.Name == key.Name && s.KeyId == key.Id).ToList();
        return claimed.Count > 0 && claimed.TrueForAll(s => key.Verify(Text, s.Octets.Span));
    }

    /// <summary>The note with the signatures of further keys below those it has.</summary>
    public SignedNote With(params IReadOnlyList<NoteSignature> signatures) => new(Text, [.. Signatures, .. signatures]);

    /// <summary>The whole note.</summary>
    public override string ToString() => Text + "\n" + string.Concat(Signatures.Select(s => s + "\n"));

    private static bool HasControls(string text) => text.AsSpan().ContainsAnyInRange('\0', '\t') || text.AsSpan().ContainsAnyInRange('\v', '\x1f');
}
