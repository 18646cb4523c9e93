using System.Text;

namespace MailGrains.TestKit.Checking;

/// <summary>The header lines a delivery puts before a message.</summary>
internal static class TraceHeaders
{
    /// <summary>Names of the header lines a delivery puts first, in their order.</summary>
    private static readonly string[] Trace = ["Return-Path:", "Delivered-To:", "Received:"];

    /// <summary>The message behind the header lines of a delivery; fails when those are not there.</summary>
    public static ReadOnlyMemory<byte> WithoutTrace(ReadOnlyMemory<byte> stored)
    {
        foreach (var name in Trace) stored = stored[HeaderLength(stored.Span, name)..];
        return stored;
    }

    /// <summary>Also without the Received line an MTA in front added.</summary>
    public static ReadOnlyMemory<byte> WithoutMtaTrace(ReadOnlyMemory<byte> stored)
    {
        var rest = WithoutTrace(stored);
        return rest[HeaderLength(rest.Span, "Received:")..];
    }

    /// <summary>Octets of the first header field with its folded lines; fails when it has another name.</summary>
    private static int HeaderLength(ReadOnlySpan<byte> message, string name)
    {
        if (message.Length < name.Length || !Encoding.Latin1.GetString(message[..name.Length]).Equals(name, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException($"Expected {name} at: {Encoding.Latin1.GetString(message[..Math.Min(200, message.Length)])}");
        var length = 0;
        do
        {
            length += message[length..].IndexOf("\r\n"u8) + 2;
        }
        while (message[length] is (byte)' ' or (byte)'\t');
        return length;
    }
}
