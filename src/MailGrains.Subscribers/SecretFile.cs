using System.Text;

namespace MailGrains.Subscribers;

/// <summary>A password, key or token in a file. It is read when it is needed, so a new one counts at once, and shown to nobody.</summary>
public sealed class SecretFile(string path)
{
    private const int Longest = 64 << 10;

    /// <summary>The file's text, without white space around it.</summary>
    /// <exception cref="HandlerUnavailableException">It can't be read, or holds nothing.</exception>
    public string Read()
    {
        try
        {
            using var file = File.OpenRead(path);
            var octets = new byte[Longest + 1];
            var length = file.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false);
            if (length > Longest) throw new HandlerUnavailableException($"{path} is too long for a secret");
            var text = Encoding.UTF8.GetString(octets, 0, length).Trim();
            return text.Length > 0 ? text : throw new HandlerUnavailableException($"{path} is empty");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HandlerUnavailableException($"{path} can't be read: {failure.Message}", failure);
        }
    }

    public override string ToString() => path;
}
