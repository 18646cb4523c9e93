using MimeKit;

namespace MailGrains.Interop.Tests.RealInput;

internal static class LineEnds
{
    /// <summary>As MailKit sends messages to IMAP servers.</summary>
    public static FormatOptions WithCrLf(this FormatOptions options)
    {
        options.NewLineFormat = NewLineFormat.Dos;
        options.EnsureNewLine = true;
        return options;
    }

    /// <summary>LF where CRLF ended a line; every other CR stays.</summary>
    public static byte[] WithLf(ReadOnlySpan<byte> message)
    {
        var result = new List<byte>(message.Length);
        for (var i = 0; i < message.Length; i++)
            if (!message[i..].StartsWith("\r\n"u8)) result.Add(message[i]);
        return [.. result];
    }
}
