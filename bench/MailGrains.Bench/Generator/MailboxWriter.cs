using System.Globalization;
using System.Text;

namespace MailGrains.Bench.Generator;

/// <summary>Writes messages to disk in one of the usual layouts; line ends stay CRLF in each.</summary>
public static class MailboxWriter
{
    public static void Write(IEnumerable<GeneratedMessage> messages, string path, MailboxFormat format)
    {
        switch (format)
        {
            case MailboxFormat.Mbox:
                WriteMbox(messages, path);
                break;
            case MailboxFormat.Eml:
                Directory.CreateDirectory(path);
                foreach (var message in messages)
                    File.WriteAllBytes(Path.Combine(path, $"{message.Index + 1:D7}.eml"), message.Bytes);
                break;
            default:
                WriteMaildir(messages, path);
                break;
        }
    }

    private static void WriteMbox(IEnumerable<GeneratedMessage> messages, string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        foreach (var message in messages)
        {
            var date = message.Date.ToUniversalTime().ToString("ddd MMM d HH':'mm':'ss yyyy", CultureInfo.InvariantCulture);
            file.Write(Encoding.ASCII.GetBytes($"From {message.Sender} {date}\r\n"));
            WriteQuoted(file, message.Bytes);
            file.Write("\r\n"u8);
        }
    }

    // mboxrd: every line of ">"* "From " gets one more ">", so that reading takes exactly one away.
    private static void WriteQuoted(FileStream file, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n') + 1;
            var line = end > 0 ? bytes[..end] : bytes;
            if (line.TrimStart((byte)'>').StartsWith("From "u8))
                file.WriteByte((byte)'>');
            file.Write(line);
            bytes = bytes[line.Length..];
        }
    }

    private static void WriteMaildir(IEnumerable<GeneratedMessage> messages, string path)
    {
        foreach (var folder in (string[])["cur", "new", "tmp"])
            Directory.CreateDirectory(Path.Combine(path, folder));
        foreach (var message in messages)
        {
            var letters = (message.Flags.Contains("\\Answered") ? "R" : "") + (message.Flags.Contains("\\Seen") ? "S" : "");
            var name = $"{message.Date.ToUnixTimeSeconds()}.M{message.Index:D7}.generated,S={message.Bytes.Length}:2,{letters}";
            File.WriteAllBytes(Path.Combine(path, "cur", name), message.Bytes);
        }
    }
}
