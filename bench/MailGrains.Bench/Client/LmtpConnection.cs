using System.Net.Sockets;
using System.Text;

namespace MailGrains.Bench.Client;

/// <summary>
/// An LMTP client that behaves like Postfix' own: MAIL, RCPT and DATA in one write where PIPELINING is offered, then the
/// message, then one reply. Anything but 250 at the end is an <see cref="InvalidOperationException"/>.
/// </summary>
internal sealed class LmtpConnection : IDisposable
{
    private const int RecipientsAtOnce = 100;
    private readonly Socket _socket;
    private readonly LineReader _reader;
    private byte[] _out = new byte[64 * 1024];

    public LmtpConnection(Endpoint endpoint)
    {
        _socket = endpoint.Connect();
        _reader = new LineReader(_socket, 8192);
        Expect("220"u8);
        _socket.Send("LHLO bench.example\r\n"u8);
        Expect("250"u8);
    }

    /// <summary>Delivers to one recipient and returns when the server took responsibility.</summary>
    /// <param name="message">CRLF lines; dots at line starts are doubled here.</param>
    public void Deliver(string sender, string recipient, ReadOnlySpan<byte> message)
    {
        var length = Encoding.ASCII.GetBytes($"MAIL FROM:<{sender}>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n", _out);
        SendAll(length);
        Expect("250"u8);
        Expect("250"u8);
        Expect("354"u8);
        SendAll(Stuff(message));
        Expect("250"u8);
    }

    /// <summary>The same in one transaction with many recipients, up to what the server takes; each answers for itself.</summary>
    public void DeliverToAll(string sender, IReadOnlyList<string> recipients, ReadOnlySpan<byte> message)
    {
        Send($"MAIL FROM:<{sender}>\r\n");
        Expect("250"u8);
        // In pieces: neither side may come to wait until the other reads.
        foreach (var some in recipients.Chunk(RecipientsAtOnce))
        {
            Send(string.Concat(some.Select(recipient => $"RCPT TO:<{recipient}>\r\n")));
            Array.ForEach(some, _ => Expect("250"u8));
        }
        Send("DATA\r\n");
        Expect("354"u8);
        SendAll(Stuff(message));
        foreach (var _ in recipients)
            Expect("250"u8);
    }

    public void Dispose()
    {
        _socket.Send("QUIT\r\n"u8);
        _socket.Dispose();
    }

    private int Stuff(ReadOnlySpan<byte> message)
    {
        if (_out.Length < (message.Length * 2) + 8)
            _out = new byte[(message.Length * 2) + 8];
        var length = 0;
        while (!message.IsEmpty)
        {
            if (message[0] == '.')
                _out[length++] = (byte)'.';
            // The next place where a line starts with a dot, or the end: the whole run is copied at once.
            var dotted = message[1..].IndexOf("\n."u8);
            var run = dotted < 0 ? message.Length : dotted + 2;
            message[..run].CopyTo(_out.AsSpan(length));
            length += run;
            message = message[run..];
        }
        ".\r\n"u8.CopyTo(_out.AsSpan(length));
        return length + 3;
    }

    private void Send(string lines) => SendAll(Encoding.ASCII.GetBytes(lines, _out));

    private void SendAll(int length)
    {
        for (var sent = 0; sent < length;)
            sent += _socket.Send(_out, sent, length - sent, SocketFlags.None);
    }

    private void Expect(ReadOnlySpan<byte> code)
    {
        while (true)
        {
            var line = _reader.ReadLine();
            if (!line.StartsWith(code))
                throw new InvalidOperationException("LMTP: " + Encoding.UTF8.GetString(line).TrimEnd());
            if (line.Length < 4 || line[3] != '-')
                return;
        }
    }
}
