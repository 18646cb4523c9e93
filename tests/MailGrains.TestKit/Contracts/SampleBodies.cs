using System.Text;

namespace MailGrains.TestKit.Contracts;

/// <summary>Bodies that are the same in every run: <see cref="Text"/> shrinks under compression, <see cref="Noise"/> doesn't.</summary>
public static class SampleBodies
{
    private static readonly string[] Words =
        ["the", "minutes", "of", "our", "meeting", "are", "attached", "please", "reply", "by", "Friday", "Grüße", "from", "Zürich", "=3D", "\r\n"];

    public static byte[] Text(int length, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder(length + 16);
        while (text.Length < length) text.Append(Words[random.Next(Words.Length)]).Append(random.Next(100) == 0 ? random.Next() : ' ');
        return Encoding.UTF8.GetBytes(text.ToString())[..length];
    }

    public static byte[] Noise(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
