using MailGrains.Interop.Tests.Clients;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>Reads and compares what a server stored.</summary>
internal static class StoredMail
{
    /// <summary>Names of the header lines a delivery puts first, in their order.</summary>
    private static readonly string[] Trace = ["Return-Path:", "Delivered-To:", "Received:"];

    public static async Task<ImapClient> ConnectAsync(int port, string user, string password, CancellationToken cancellation)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None, cancellation);
        await client.AuthenticateAsync(user, password, cancellation);
        return client;
    }

    /// <summary>All messages of a folder as they lie there, in order of UID.</summary>
    public static async Task<List<byte[]>> ReadAllAsync(int port, string user, string password, string folder, CancellationToken cancellation)
    {
        using var imap = await RawImap.LoggedInAsync(port, user, password, cancellation);
        (await imap.RunAsync($"EXAMINE \"{folder}\"", cancellation)).Ok();
        var reply = (await imap.RunAsync("UID FETCH 1:* (UID BODY.PEEK[])", cancellation)).Ok();
        return [.. reply.Untagged.Where(l => l.Literals.Count > 0).Select(l => l.Literals[0])];
    }

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
        if (message.Length < name.Length || !System.Text.Encoding.Latin1.GetString(message[..name.Length]).Equals(name, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException($"Expected {name} at: {System.Text.Encoding.Latin1.GetString(message[..Math.Min(200, message.Length)])}");
        var length = 0;
        do
        {
            length += message[length..].IndexOf("\r\n"u8) + 2;
        }
        while (message[length] is (byte)' ' or (byte)'\t');
        return length;
    }
}
