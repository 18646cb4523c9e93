using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace MailGrains.Evidence.Notes;

/// <summary>An Ed25519 private key with its name (C2SP signed-note).</summary>
public sealed class NoteSigner : IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly Key _key;

    private NoteSigner(string name, Key key)
    {
        _key = key;
        Verifier = new NoteVerifier(name, key.PublicKey);
    }

    /// <summary>The key that verifies what this one signs.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>A fresh key.</summary>
    /// <exception cref="ArgumentException">The name is empty, longer than 255 characters or has white space, plus signs or controls.</exception>
    public static NoteSigner Generate(string name)
    {
        if (!NoteKeyName.IsValid(name)) throw new ArgumentException("No name for a key.", nameof(name));
        return new NoteSigner(name, Key.Create(SignatureAlgorithm.Ed25519, Exportable));
    }

    /// <summary>
    /// Reads what <see cref="ToPrivateText"/> wrote: <c>PRIVATE+KEY+name+id+base64(0x01 ‖ seed)</c>. False when it is anything else, or the id is not
    /// the key's.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NoteSigner? signer)
    {
        signer = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (NoteKeyName.TryParse(text.AsSpan(Prefix.Length)) is not var (name, id, seed)) return false;
        var imported = Key.TryImport(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, out var key, Exportable);
        CryptographicOperations.ZeroMemory(seed);
        if (!imported) return false;
        var read = new NoteSigner(name, key!);
        if (read.Verifier.Id != id)
        {
            read.Dispose();
            return false;
        }

        signer = read;
        return true;
    }

    /// <summary>The text form with the secret in it: whoever reads it can sign.</summary>
    public string ToPrivateText()
    {
        var seed = _key.Export(KeyBlobFormat.RawPrivateKey);
        var text = Prefix + NoteKeyName.Format(Verifier.Name, Verifier.Id, seed);
        CryptographicOperations.ZeroMemory(seed);
        return text;
    }

    /// <summary>The signature over a note's text: always the same for the same text (RFC 8032).</summary>
    public NoteSignature Sign(string text) =>
        new(Verifier.Name, Verifier.Id, SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(text)));

    public void Dispose() => _key.Dispose();

    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
