using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace MailGrains.Verify.Checkpoints;

/// <summary>A signed note (C2SP signed-note): a text and, behind its last empty line, signatures.</summary>
internal sealed record Note(string Text, IReadOnlyList<(string Name, uint KeyId, byte[] Signature)> Signatures)
{
    /// <summary>Octets of a note.</summary>
    public const int Limit = 256 * 1024;

    private const int MaxSignatures = 32;

    /// <summary>Null when the octets are no note.</summary>
    public static Note? TryParse(byte[] octets)
    {
        if (octets.Length is 0 or > Limit || octets[^1] != '\n' || !Utf8.IsValid(octets)) return null;
        if (Array.Exists(octets, o => o < ' ' && o != '\n')) return null;
        var all = Encoding.UTF8.GetString(octets);
        var end = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || end + 2 == all.Length) return null;
        var lines = all[(end + 2)..^1].Split('\n', MaxSignatures + 1);
        if (lines.Length > MaxSignatures) return null;

        var signatures = new List<(string, uint, byte[])>();
        foreach (var line in lines)
        {
            var words = line.Split(' ');
            if (words.Length != 3 || words[0] != "—" || !NoteKey.IsName(words[1])) return null;
            var signature = new byte[words[2].Length];
            if (!Convert.TryFromBase64String(words[2], signature, out var length) || length <= 4) return null;
            if (Convert.ToBase64String(signature, 0, length) != words[2]) return null;
            signatures.Add((words[1], BinaryPrimitives.ReadUInt32BigEndian(signature), signature[4..length]));
        }

        return new Note(all[..(end + 1)], signatures);
    }

    /// <summary>
    /// What is wrong with the signatures, or null: one of the keys must have signed, and none badly. Other keys' signatures are not looked at.
    /// </summary>
    public string? Reject(IReadOnlyList<NoteKey> keys)
    {
        var isSigned = false;
        foreach (var (name, id, signature) in Signatures)
        {
            var key = keys.FirstOrDefault(k => k.Name == name && k.Id == id);
            if (key is null) continue;
            if (!key.Verifies(Text, signature)) return $"the signature of {Printable.Of(name)} is not good: text or signature were changed";
            isSigned = true;
        }

        return isSigned ? null : $"it is not signed by {string.Join(" or ", keys.Select(k => Printable.Of(k.ToString())))}";
    }
}
