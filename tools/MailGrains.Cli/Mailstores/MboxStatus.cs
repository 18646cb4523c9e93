using System.Text;

namespace MailGrains.Cli.Mailstores;

/// <summary>
/// Flags in an mbox, as mail programs note them there: the fields <c>Status</c> and <c>X-Status</c>. They belong to the file, not to the message. Written
/// as the last of the header, and only from there taken away again, they leave a message that has such fields of its own as it was.
/// </summary>
internal static class MboxStatus
{
    private static readonly (char Letter, string Flag)[] Letters =
        [('R', @"\Seen"), ('A', @"\Answered"), ('F', @"\Flagged"), ('D', @"\Deleted"), ('T', @"\Draft")];

    /// <summary>The message with its flags; as it is when it has no end of a header to write them at.</summary>
    /// <param name="message">With LF.</param>
    /// <param name="flags">Names of IMAP flags.</param>
    public static byte[] Add(byte[] message, IReadOnlyCollection<string> flags)
    {
        var end = message.AsSpan().IndexOf("\n\n"u8);
        if (end < 0) return message;
        var set = string.Concat(Letters.Where(l => flags.Contains(l.Flag, StringComparer.OrdinalIgnoreCase)).Select(l => l.Letter));
        var more = set.TrimStart('R');
        var fields = $"Status: {(set.StartsWith('R') ? "RO" : "O")}\n{(more.Length == 0 ? "" : $"X-Status: {more}\n")}";
        return [.. message[..(end + 1)], .. Encoding.ASCII.GetBytes(fields), .. message[(end + 1)..]];
    }

    /// <summary>Takes the fields at the end of the header away; flags are what all such fields say.</summary>
    /// <param name="message">With CRLF.</param>
    public static (byte[] Message, string Flags) Take(byte[] message)
    {
        var end = message.AsSpan().IndexOf("\r\n\r\n"u8);
        var header = Encoding.Latin1.GetString(message, 0, end < 0 ? Math.Min(message.Length, 65536) : end);
        var fields = header.Split("\r\n").Where(line => IsField(line, "Status:") || IsField(line, "X-Status:"));
        var status = string.Concat(fields.Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        var flags = string.Join(' ', Letters.Where(l => status.Contains(l.Letter, StringComparison.Ordinal)).Select(l => l.Flag));
        if (end < 0) return (message, flags);
        var kept = WithoutLast(WithoutLast(header, "X-Status:"), "Status:");
        return (kept.Length == header.Length ? message : [.. message[..kept.Length], .. message[end..]], flags);
    }

    /// <summary>A header without its last line, when that is this field; the first line of all stays.</summary>
    private static string WithoutLast(string header, string field) =>
        header.LastIndexOf("\r\n", StringComparison.Ordinal) is var at and > 0 && IsField(header[(at + 2)..], field) ? header[..at] : header;

    private static bool IsField(string line, string field) => line.StartsWith(field, StringComparison.OrdinalIgnoreCase);
}
