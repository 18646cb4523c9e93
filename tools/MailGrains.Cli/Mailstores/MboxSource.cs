using System.Text;

namespace MailGrains.Cli.Mailstores;

/// <summary>
/// mbox files of the mboxrd kind: a message begins at a line <c>From </c> after an empty line (or at the start); <c>&gt;From </c> within it lost one
/// '&gt;' less than it has.
/// </summary>
internal static class MboxSource
{
    private const int LargestMessage = 1 << 30;

    public static bool IsMbox(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[5];
        return file.ReadAtLeast(start, 5, throwOnEndOfStream: false) == 5 && start.SequenceEqual("From "u8);
    }

    public static IEnumerable<SourceItem> Read(string path, string folder)
    {
        using var file = new BufferedStream(File.OpenRead(path), 1 << 20);
        var message = new MemoryStream();
        var line = new List<byte>(256);
        long offset = 0, start = -1;
        var afterEmpty = true;
        while (ReadLine(file, line))
        {
            if (afterEmpty && StartsWith(line, "From "u8))
            {
                if (start >= 0) yield return Take(message, start, offset - start, folder);
                start = offset;
                message.SetLength(0);
            }
            else if (start >= 0 && message.Length < LargestMessage)
            {
                Append(message, line);
            }

            afterEmpty = line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
            offset += line.Count;
        }

        if (start >= 0) yield return Take(message, start, offset - start, folder);
    }

    private static SourceItem Take(MemoryStream message, long start, long octets, string folder)
    {
        var source = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"offset {start}");
        var bytes = WithoutSeparator(message.ToArray());
        if (bytes.Length == 0) return new SourceItem(source, octets, null, "the message is empty");
        if (message.Length >= LargestMessage) return new SourceItem(source, octets, null, "the message is larger than 1 GiB");
        var wire = LineEnds.ToWire(bytes);
        return new SourceItem(source, octets, new SourceMessage(folder, source, wire, StatusFlags(wire), null), null);
    }

    /// <summary>The empty line before the next From line belongs to the format, not to the message.</summary>
    private static byte[] WithoutSeparator(byte[] bytes) => bytes switch
    {
        [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'] => bytes[..^2],
        [.., (byte)'\n', (byte)'\n'] => bytes[..^1],
        _ => bytes,
    };

    /// <summary>Flags as mail programs note them in Status and X-Status.</summary>
    private static string StatusFlags(byte[] message)
    {
        var end = message.AsSpan().IndexOf("\r\n\r\n"u8);
        var header = Encoding.Latin1.GetString(message, 0, end < 0 ? Math.Min(message.Length, 65536) : end);
        var status = string.Concat(header.Split("\r\n").Where(l => l.StartsWith("Status:", StringComparison.OrdinalIgnoreCase)
            || l.StartsWith("X-Status:", StringComparison.OrdinalIgnoreCase)).Select(l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        var flags = new List<string>();
        foreach (var (letter, flag) in new[] { ('R', @"\Seen"), ('A', @"\Answered"), ('F', @"\Flagged"), ('D', @"\Deleted"), ('T', @"\Draft") })
            if (status.Contains(letter, StringComparison.Ordinal)) flags.Add(flag);
        return string.Join(' ', flags);
    }

    private static void Append(MemoryStream message, List<byte> line)
    {
        var quotes = 0;
        while (quotes < line.Count && line[quotes] == '>') quotes++;
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line);
        message.Write(quotes > 0 && bytes[quotes..].StartsWith("From "u8) ? bytes[1..] : bytes);
    }

    private static bool StartsWith(List<byte> line, ReadOnlySpan<byte> start) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line).StartsWith(start);

    private static bool ReadLine(Stream file, List<byte> line)
    {
        line.Clear();
        int b;
        while ((b = file.ReadByte()) >= 0)
        {
            line.Add((byte)b);
            if (b == '\n' || line.Count >= 1 << 20) break;
        }

        return line.Count > 0;
    }
}
