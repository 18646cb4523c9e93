using System.Diagnostics.CodeAnalysis;
using System.Text;
using NSec.Cryptography;

namespace MailGrains.Evidence.Notes;

/// <summary>An Ed25519 public key with its name: whom a signature of a note is believed (C2SP signed-note).</summary>
public sealed class NoteVerifier
{
    private readonly PublicKey _key;

    internal NoteVerifier(string name, PublicKey key)
    {
        (Name, _key) = (name, key);
        Id = NoteKeyName.IdOf(name, key.Export(KeyBlobFormat.RawPublicKey));
    }

    public string Name { get; }

    /// <summary>With the name it tells which key made a signature; no proof of anything.</summary>
    public uint Id { get; }

    /// <summary>
    /// Reads the text form <c>name+id+base64(0x01 ‖ key)</c>, id in 8 hexadecimal digits. False when it is anything else, or the id is not the key's.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NoteVerifier? verifier)
    {
        verifier = null;
        if (NoteKeyName.TryParse(text) is not var (name, id, raw)) return false;
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, raw, KeyBlobFormat.RawPublicKey, out var key)) return false;
        var read = new NoteVerifier(name, key!);
        if (read.Id != id) return false;
        verifier = read;
        return true;
    }

    /// <summary>Whether this key made the signature, of 64 octets, over the text (RFC 8032).</summary>
    public bool Verify(string text, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureAlgorithm.Ed25519.SignatureSize && SignatureAlgorithm.Ed25519.Verify(_key, Encoding.UTF8.GetBytes(text), signature);

    /// <summary>The text form, which may be public.</summary>
    public override string ToString() => NoteKeyName.Format(Name, Id, _key.Export(KeyBlobFormat.RawPublicKey));
}
