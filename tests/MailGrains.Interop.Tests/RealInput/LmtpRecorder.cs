using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>
/// Stands between an MTA and the server's LMTP port, passes everything on as it comes, and remembers the messages: what the server was given, octet by octet,
/// whatever the MTA did to it before. Each message needs a sender of its own, by which it is found again.
/// </summary>
internal sealed class LmtpRecorder : IAsyncDisposable
{
    private const int BufferSize = 64 << 10;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly int _server;
    private readonly Task _accepting;
    private readonly ConcurrentDictionary<string, byte[]> _messages = new();
    private string? _differs;

    public LmtpRecorder(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>By sender. One that was given twice, as MTAs do when they miss an answer, has been the same both times.</summary>
    public IReadOnlyDictionary<string, byte[]> Messages =>
        _differs is { } sender ? throw new InvalidDataException($"{sender} sent two messages that differ.") : _messages;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(RelayAsync(await _listener.AcceptSocketAsync(_closing.Token)));
        }
        catch (Exception) when (_closing.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(Socket sender)
    {
        using (sender)
        {
            using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await server.ConnectAsync(IPAddress.Loopback, _server, _closing.Token);
            (sender.NoDelay, server.NoDelay) = (true, true);
            var tap = new DataTap(Remember);
            await Task.WhenAll(PumpAsync(sender, server, tap.Take), PumpAsync(server, sender, tap.TakeAnswer));
        }
    }

    private void Remember(string sender, byte[] message)
    {
        if (!_messages.GetOrAdd(sender, message).AsSpan().SequenceEqual(message)) _differs = sender;
    }

    private async Task PumpAsync(Socket from, Socket to, Action<ReadOnlySpan<byte>> heard)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (await from.ReceiveAsync(buffer, _closing.Token) is > 0 and var length)
            {
                heard(buffer.AsSpan(0, length));
                for (var sent = 0; sent < length;) sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), _closing.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone, and learns nothing more.
            from.Close();
            to.Close();
        }
    }
}
