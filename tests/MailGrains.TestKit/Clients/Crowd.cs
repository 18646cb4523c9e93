using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailGrains.TestKit.Clients;

/// <summary>Many connections to an IMAP port that were greeted and say nothing. Each costs this process a socket and no buffer.</summary>
internal sealed class Crowd : IDisposable
{
    /// <summary>Fewer than a listener keeps waiting, so that none has to knock twice.</summary>
    private const int AtOnce = 200;

    private const int LongestLine = 1024;

    private readonly List<Socket> _sockets = [];

    private Crowd()
    {
    }

    public static async Task<Crowd> ConnectAsync(int port, int count, CancellationToken cancellation)
    {
        var crowd = new Crowd();
        try
        {
            for (var missing = count; missing > 0; missing -= AtOnce)
                await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, missing)).Select(_ => crowd.AddAsync(port, cancellation)));
            return crowd;
        }
        catch
        {
            crowd.Dispose();
            throw;
        }
    }

    /// <summary>How many are still served: each says NOOP once.</summary>
    public async Task<int> ServedAsync(CancellationToken cancellation)
    {
        var served = 0;
        foreach (var socket in _sockets)
        {
            await socket.SendAsync("a NOOP\r\n"u8.ToArray(), cancellation);
            if ((await LineAsync(socket, cancellation)).StartsWith("a OK", StringComparison.Ordinal)) served++;
        }

        return served;
    }

    public void Dispose()
    {
        foreach (var socket in _sockets) socket.Dispose();
    }

    private async Task AddAsync(int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_sockets) _sockets.Add(socket);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellation);
        var greeting = await LineAsync(socket, cancellation);
        if (!greeting.StartsWith("* OK", StringComparison.Ordinal)) throw new RefusedException(greeting);
    }

    /// <summary>The server has nothing to say but the one line that was asked for.</summary>
    private static async Task<string> LineAsync(Socket socket, CancellationToken cancellation)
    {
        var line = new byte[LongestLine];
        var length = 0;
        do
        {
            var received = await socket.ReceiveAsync(line.AsMemory(length), cancellation);
            if (received == 0) return "";
            length += received;
        }
        while (line[length - 1] != '\n');
        return Encoding.Latin1.GetString(line, 0, length);
    }
}
