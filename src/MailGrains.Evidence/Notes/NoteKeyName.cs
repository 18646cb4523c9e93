using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MailGrains.Evidence.Notes;

/// <summary>Names of keys, and the ids computed from them (C2SP signed-note).</summary>
internal static class NoteKeyName
{
    public const int MaxLength = 255;

    /// <summary>Signature type of Ed25519.</summary>
    public const byte Ed25519 = 1;

    /// <summary>Octets of a raw Ed25519 key, public or private (RFC 8032).</summary>
    public const int KeyLength = 32;

    /// <summary>Not empty, and without white space, plus signs and controls.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaxLength) return false;
        foreach (var c in name)
            if (c == '+' || char.IsWhiteSpace(c) || char.IsControl(c)) return false;
        return true;
    }

    /// <summary>First 4 octets of SHA-256(name ‖ LF ‖ 0x01 ‖ public key), as a big-endian number.</summary>
    public static uint IdOf(string name, ReadOnlySpan<byte> publicKey)
    {
        byte[] hashed = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519, .. publicKey];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(hashed));
    }

    /// <summary>
    /// key-text = name "+" id "+" base64(0x01 ‖ key): the shape of public keys, and of private ones behind their prefix. Null when it is anything else.
    /// </summary>
    public static (string Name, uint Id, byte[] Key)? TryParse(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength + 64) return null;
        var nameEnd = text.IndexOf('+');
        if (nameEnd < 0 || !IsValid(text[..nameEnd])) return null;
        var rest = text[(nameEnd + 1)..];
        if (rest.Length < 9 || rest[8] != '+' || !TryParseId(rest[..8], out var id)) return null;
        var typed = CanonicalBase64.TryDecode(rest[9..], 1 + KeyLength);
        if (typed is null || typed.Length != 1 + KeyLength || typed[0] != Ed25519) return null;
        return (text[..nameEnd].ToString(), id, typed[1..]);
    }

    public static string Format(string name, uint id, ReadOnlySpan<byte> key) => $"{name}+{id:x8}+{Convert.ToBase64String([Ed25519, .. key])}";

    private static bool TryParseId(ReadOnlySpan<char> text, out uint id)
    {
        id = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c)) return false;
            id = id << 4 | (uint)(c <= '9' ? c - '0' : c - 'a' + 10);
        }

        return true;
    }
}
