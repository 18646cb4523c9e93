using System.Text;

namespace MailGrains.Lmtp;

/// <summary>Looks at a message's trace fields (RFC 5321 section 6.3: loop detection by counting Received).</summary>
public static class TraceFields
{
    /// <summary>Counts the Received fields of the header section; lines may end in CRLF or LF.</summary>
    public static int CountReceived(ReadOnlySpan<byte> message)
    {
        var count = 0;
        while (true)
        {
            var end = message.IndexOf((byte)'\n');
            var line = end < 0 ? message : message[..end];
            if (line.TrimEnd((byte)'\r').IsEmpty)
                return count;
            if (IsReceived(line))
                count++;
            if (end < 0)
                return count;
            message = message[(end + 1)..];
        }
    }

    private static bool IsReceived(ReadOnlySpan<byte> line)
    {
        var name = "Received"u8;
        return line.Length > name.Length
            && Ascii.EqualsIgnoreCase(line[..name.Length], name)
            && line[name.Length..].TrimStart(" \t"u8) is [(byte)':', ..];
    }
}
