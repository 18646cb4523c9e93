using System.Net.Sockets;
using System.Text;

namespace MailGrains.TestKit.Clients;

/// <summary>An LMTP client that sends what it is told, octet by octet. A closed connection is an <see cref="IOException"/>.</summary>
internal sealed class RawLmtp : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly RawReader _reader;

    private RawLmtp(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        _reader = new RawReader(_stream);
    }

    public static async Task<RawLmtp> ConnectAsync(int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port, cancellation);
        return await GreetAsync(socket, cancellation);
    }

    public static async Task<RawLmtp> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        return await GreetAsync(socket, cancellation);
    }

    /// <summary>The last line of a reply.</summary>
    public async Task<string> CommandAsync(string line, CancellationToken cancellation)
    {
        await SendAsync(Encoding.Latin1.GetBytes(line + "\r\n"), cancellation);
        return await ReplyAsync(cancellation);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation) => await _stream.WriteAsync(octets, cancellation);

    /// <summary>The last line of the next reply.</summary>
    public async Task<string> ReplyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var line = await _reader.LineAsync(cancellation);
            if (line.Length < 4 || line[3] != '-') return line;
        }
    }

    /// <summary>MAIL, RCPT for each, DATA and the message; returns the reply for each recipient, or the first refusal.</summary>
    public async Task<IReadOnlyList<string>> DeliverAsync(string sender, IReadOnlyList<string> recipients, byte[] message, CancellationToken cancellation)
    {
        var refusal = await SendMessageAsync(sender, recipients, message, cancellation);
        return refusal is not null ? [refusal] : await RepliesAsync(recipients.Count, cancellation);
    }

    /// <summary>All of it but reading the replies for the recipients; returns the refusal when it doesn't come to that.</summary>
    public async Task<string?> SendMessageAsync(string sender, IReadOnlyList<string> recipients, byte[] message, CancellationToken cancellation)
    {
        var reply = await BeginAsync(sender, recipients, cancellation);
        if (reply[0] == '2') reply = await CommandAsync("DATA", cancellation);
        if (reply[0] != '3') return reply;
        await SendAsync(Stuffed(message), cancellation);
        return null;
    }

    /// <summary>The same with BDAT: the octets go as they are.</summary>
    public async Task<IReadOnlyList<string>> DeliverChunkAsync(string sender, IReadOnlyList<string> recipients, byte[] message, CancellationToken cancellation)
    {
        var reply = await BeginAsync(sender, recipients, cancellation);
        if (reply[0] != '2') return [reply];
        await SendAsync(Encoding.ASCII.GetBytes($"BDAT {message.Length} LAST\r\n"), cancellation);
        await SendAsync(message, cancellation);
        return await RepliesAsync(recipients.Count, cancellation);
    }

    /// <summary>RFC 5321 section 4.5.2, with the final dot.</summary>
    public static byte[] Stuffed(ReadOnlySpan<byte> message)
    {
        var result = new List<byte>(message.Length + 64);
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '.' && (i == 0 || (i > 1 && message[i - 1] == '\n' && message[i - 2] == '\r'))) result.Add((byte)'.');
            result.Add(message[i]);
        }

        if (!message.EndsWith("\r\n"u8)) result.AddRange("\r\n"u8);
        result.AddRange(".\r\n"u8);
        return [.. result];
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private static async Task<RawLmtp> GreetAsync(Socket socket, CancellationToken cancellation)
    {
        var lmtp = new RawLmtp(socket);
        try
        {
            await lmtp.ReplyAsync(cancellation);
            await lmtp.CommandAsync("LHLO client.example", cancellation);
            return lmtp;
        }
        catch
        {
            lmtp.Dispose();
            throw;
        }
    }

    private async Task<string> BeginAsync(string sender, IReadOnlyList<string> recipients, CancellationToken cancellation)
    {
        var reply = await CommandAsync($"MAIL FROM:<{sender}>", cancellation);
        foreach (var recipient in recipients)
            if (reply[0] == '2') reply = await CommandAsync($"RCPT TO:<{recipient}>", cancellation);
        return reply;
    }

    private async Task<IReadOnlyList<string>> RepliesAsync(int count, CancellationToken cancellation)
    {
        var replies = new List<string>();
        while (replies.Count < count) replies.Add(await ReplyAsync(cancellation));
        return replies;
    }
}
