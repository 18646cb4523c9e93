using System.Diagnostics.CodeAnalysis;
using System.Text;
using MailGrains.Evidence.Notes;

namespace MailGrains.Evidence.Signing;

/// <summary>A head with its signature.</summary>
/// <param name="Octets">The signed note, as it is kept.</param>
public sealed record SignedHead(LogHead Head, ReadOnlyMemory<byte> Octets)
{
    /// <summary>The head, signed.</summary>
    public static SignedHead Of(LogHead head, NoteSigner signer) => new(head, Encoding.UTF8.GetBytes(SignedNote.Sign(head.ToText(), signer).ToString()));

    /// <summary>False when the octets are no head of this key's log, or the signature is not good.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> octets, NoteVerifier key, [NotNullWhen(true)] out SignedHead? head)
    {
        head = null;
        if (!SignedNote.TryParse(octets.Span, out var note) || !note.IsSignedBy(key)) return false;
        if (!LogHead.TryParse(note.Text, out var read) || read.LogName != key.Name) return false;
        head = new SignedHead(read, octets);
        return true;
    }
}
