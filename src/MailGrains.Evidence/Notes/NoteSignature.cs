using System.Buffers.Binary;

namespace MailGrains.Evidence.Notes;

/// <summary>A signature line of a note, made by whatever kind of key.</summary>
/// <param name="Octets">The signature itself, without the id in front of it.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Octets)
{
    private const string Dash = "— ";

    /// <summary>Post-quantum signatures have almost 5,000.</summary>
    private const int MaxOctets = 8 * 1024;

    /// <summary>signature-line = "— " key-name " " base64(key-id ‖ signature). Null when it is anything else.</summary>
    internal static NoteSignature? TryParse(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal)) return null;
        line = line[Dash.Length..];
        var nameEnd = line.IndexOf(' ');
        if (nameEnd < 0 || !NoteKeyName.IsValid(line[..nameEnd])) return null;
        var octets = CanonicalBase64.TryDecode(line[(nameEnd + 1)..], MaxOctets);
        if (octets is null || octets.Length <= sizeof(uint)) return null;
        return new NoteSignature(line[..nameEnd].ToString(), BinaryPrimitives.ReadUInt32BigEndian(octets), octets.AsMemory(sizeof(uint)));
    }

    /// <summary>The line, without its end.</summary>
    public override string ToString()
    {
        var octets = new byte[sizeof(uint) + Octets.Length];
        BinaryPrimitives.WriteUInt32BigEndian(octets, KeyId);
        Octets.CopyTo(octets.AsMemory(sizeof(uint)));
        return $"{Dash}{Name} {Convert.ToBase64String(octets)}";
    }
}
