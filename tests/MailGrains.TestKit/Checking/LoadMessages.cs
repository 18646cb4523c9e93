using System.Text;

namespace MailGrains.TestKit.Checking;

/// <summary>Messages that can be told apart: a token in the subject, the rest from it.</summary>
internal static class LoadMessages
{
    public const string SubjectStart = "Subject: token ";

    private const int Largest = 24 * 1024;

    public static byte[] Make(string token)
    {
        var random = new Random(token.GetHashCode(StringComparison.Ordinal));
        var text = new StringBuilder($"From: load@example.net\r\n{SubjectStart}{token}\r\nMessage-ID: <{token}@example.net>\r\n\r\n");
        var size = random.Next(200, Largest);
        while (text.Length < size) text.Append('.').Append(token).Append(' ').Append(random.NextInt64()).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
