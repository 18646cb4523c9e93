using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace MailGrains.Verify.Checkpoints;

/// <summary>An Ed25519 public key of signed notes (C2SP signed-note).</summary>
internal sealed class NoteKey
{
    private const byte Ed25519 = 1;
    private const int MaxLength = 400;

    private readonly PublicKey _key;
    private readonly string _text;

    private NoteKey(string name, uint id, PublicKey key, string text) => (Name, Id, _key, _text) = (name, id, key, text);

    public string Name { get; }

    /// <summary>First 4 octets of SHA-256(name ‖ LF ‖ 0x01 ‖ key).</summary>
    public uint Id { get; }

    /// <summary>vkey = name "+" 8hex "+" base64(0x01 ‖ key). Null when the text is anything else.</summary>
    public static NoteKey? TryParse(string? text)
    {
        if (text is null || text.Length > MaxLength) return null;
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || parts[1].Length != 8) return null;
        if (!uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)) return null;
        var typed = new byte[MaxLength];
        if (!Convert.TryFromBase64String(parts[2], typed, out var length) || length != 33 || typed[0] != Ed25519) return null;

        byte[] covered = [.. Encoding.UTF8.GetBytes(parts[0]), (byte)'\n', .. typed.AsSpan(0, length)];
        if (BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(covered)) != id) return null;
        if ($"{parts[0]}+{id:x8}+{Convert.ToBase64String(typed, 0, length)}" != text) return null;
        return PublicKey.TryImport(SignatureAlgorithm.Ed25519, typed.AsSpan(1, 32), KeyBlobFormat.RawPublicKey, out var key)
            ? new NoteKey(parts[0], id, key!, text)
            : null;
    }

    public bool Verifies(string text, ReadOnlySpan<byte> signature) =>
        signature.Length == 64 && SignatureAlgorithm.Ed25519.Verify(_key, Encoding.UTF8.GetBytes(text), signature);

    public static bool IsName(string name) => name.Length > 0 && !name.Any(c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c));

    public override string ToString() => _text;
}
