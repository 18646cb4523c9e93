using System.Globalization;
using System.Runtime.InteropServices;

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
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[5];
            return file.ReadAtLeast(start, 5, throwOnEndOfStream: false) == 5 && start.SequenceEqual("From "u8);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // That is told where it is read as a single message.
            return false;
        }
    }

    public static IEnumerable<SourceItem> Read(string path, string folder)
    {
        using var file = new BufferedStream(File.OpenRead(path), 1 << 20);
        foreach (var item in Read(file, folder)) yield return item;
    }

    /// <summary>Where the stream can't be read on, that is told instead of the message it broke off in.</summary>
    internal static IEnumerable<SourceItem> Read(Stream file, string folder)
    {
        var message = new MemoryStream();
        DateTimeOffset? date = null;
        var line = new List<byte>(256);
        long offset = 0, start = -1;
        var afterEmpty = true;
        bool more;
        do
        {
            more = TryReadLine(file, line, out var problem);
            if (problem is not null) yield return new SourceItem(Source(Math.Max(start, 0)), 0, null, problem);
            if (problem is not null) yield break;
            var begins = afterEmpty && more && Bytes(line).StartsWith("From "u8);
            if (start >= 0 && (begins || !more)) yield return Take(message, date, start, offset - start, folder);
            if (begins)
            {
                (start, date) = (offset, ArrivalDate.OfFromLine(Bytes(line)));
                message.SetLength(0);
            }
            else if (start >= 0 && message.Length < LargestMessage)
            {
                Append(message, line);
            }

            afterEmpty = line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
            offset += line.Count;
        }
        while (more);
    }

    private static SourceItem Take(MemoryStream message, DateTimeOffset? date, long start, long octets, string folder)
    {
        var source = Source(start);
        var bytes = WithoutSeparator(message.ToArray());
        if (bytes.Length == 0) return new SourceItem(source, octets, null, "the message is empty");
        if (message.Length >= LargestMessage) return new SourceItem(source, octets, null, "the message is larger than 1 GiB");
        var (wire, flags) = MboxStatus.Take(LineEnds.ToWire(bytes));
        return new SourceItem(source, octets, new SourceMessage(folder, source, wire, flags, date ?? ArrivalDate.Of(wire)), null);
    }

    private static string Source(long offset) => string.Create(CultureInfo.InvariantCulture, $"offset {offset}");

    /// <summary>The empty line before the next From line belongs to the format, not to the message.</summary>
    private static byte[] WithoutSeparator(byte[] bytes) => bytes switch
    {
        [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'] => bytes[..^2],
        [.., (byte)'\n', (byte)'\n'] => bytes[..^1],
        _ => bytes,
    };

    private static void Append(MemoryStream message, List<byte> line)
    {
        var bytes = Bytes(line);
        var quoted = bytes.TrimStart((byte)'>');
        message.Write(quoted.Length < bytes.Length && quoted.StartsWith("From "u8) ? bytes[1..] : bytes);
    }

    private static ReadOnlySpan<byte> Bytes(List<byte> line) => CollectionsMarshal.AsSpan(line);

    /// <summary>False at the end of the file, and when it can't be read on.</summary>
    private static bool TryReadLine(Stream file, List<byte> line, out string? problem)
    {
        line.Clear();
        problem = null;
        try
        {
            int b;
            while ((b = file.ReadByte()) >= 0)
            {
                line.Add((byte)b);
                if (b == '\n' || line.Count >= 1 << 20) break;
            }

            return line.Count > 0;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problem = unreadable.Message;
            return false;
        }
    }
}
