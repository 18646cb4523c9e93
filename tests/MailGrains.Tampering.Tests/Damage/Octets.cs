namespace MailGrains.Tampering.Tests.Damage;

/// <summary>Values that are a little different.</summary>
internal static class Octets
{
    /// <summary>The same octets but for one bit.</summary>
    public static byte[] Flipped(object? octets, int at = 0)
    {
        var flipped = (byte[])((byte[])octets!).Clone();
        flipped[at] ^= 1;
        return flipped;
    }

    /// <summary>One digit of a JSON text is another.</summary>
    public static byte[] Edited(ReadOnlySpan<byte> json)
    {
        var edited = json.ToArray();
        var version = json.IndexOf("\"version\":1"u8);
        edited[version + "\"version\":".Length] = (byte)'2';
        return edited;
    }
}
