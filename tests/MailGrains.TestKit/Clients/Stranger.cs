using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailGrains.TestKit.Clients;

/// <summary>A peer that comes from an address of its choice and keeps to no protocol: it sends octets and reads lines.</summary>
internal sealed class Stranger : IDisposable
{
    /// <summary>Less than the time after which any connection ends that does not log in.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client;
    private readonly RawReader _reader;

    private Stranger(TcpClient client) => (_client, _reader) = (client, new RawReader(client.GetStream()));

    public static async Task<Stranger> ConnectAsync(string from, int port, CancellationToken cancellation)
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0)) { NoDelay = true };
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return new Stranger(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends octets as they are, written as Latin-1, once or more often. A server that has closed already may have them too.</summary>
    public async Task SendAsync(string octets, CancellationToken cancellation, int times = 1)
    {
        var piece = Encoding.Latin1.GetBytes(octets);
        try
        {
            while (times-- > 0) await _client.GetStream().WriteAsync(piece, cancellation);
        }
        catch (IOException)
        {
            // What counts is what the server said before, and that it closed.
        }
    }

    public void SendNothingMore()
    {
        try
        {
            _client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server was faster.
        }
    }

    public Task<string> LineAsync(CancellationToken cancellation) => _reader.LineAsync(cancellation);

    /// <summary>Lines up to the one that begins so, which is the last.</summary>
    public async Task<IReadOnlyList<string>> LinesToAsync(string beginning, CancellationToken cancellation)
    {
        var lines = new List<string>();
        do lines.Add(await _reader.LineAsync(cancellation));
        while (!lines[^1].StartsWith(beginning, StringComparison.Ordinal));
        return lines;
    }

    /// <summary>What the server says until it closes, which it has to do soon.</summary>
    public async Task<IReadOnlyList<string>> LinesToEndAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var lines = new List<string>();
        try
        {
            while (true) lines.Add(await _reader.LineAsync(limit.Token));
        }
        catch (IOException)
        {
            return lines;
        }
    }

    public void Dispose() => _client.Dispose();
}
