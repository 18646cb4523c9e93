namespace MailGrains.Cli.Mailstores;

/// <summary>Mail on the wire ends its lines with CRLF, files on Unix with LF.</summary>
internal static class LineEnds
{
    /// <summary>With CRLF everywhere, when the first line ends in a bare LF; as it is otherwise.</summary>
    public static byte[] ToWire(byte[] message)
    {
        var first = message.AsSpan().IndexOf((byte)'\n');
        if (first < 0 || (first > 0 && message[first - 1] == '\r')) return message;

        var result = new List<byte>(message.Length + (message.Length / 32));
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '\n' && (i == 0 || message[i - 1] != '\r')) result.Add((byte)'\r');
            result.Add(message[i]);
        }

        return [.. result];
    }

    /// <summary>With LF instead of every CRLF.</summary>
    public static byte[] ToUnix(ReadOnlySpan<byte> message)
    {
        var result = new byte[message.Length];
        var length = 0;
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '\r' && i + 1 < message.Length && message[i + 1] == '\n') continue;
            result[length++] = message[i];
        }

        return result[..length];
    }
}
