using System.Net;
using System.Net.Sockets;

namespace MailGrains.Cluster.Tests.Relays;

/// <summary>One connection through a <see cref="TcpRelay"/>.</summary>
internal sealed class RelayedConnection(Socket client, RelayGate gate, RelayTrap trap) : IDisposable
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private volatile bool _answersAreLost;

    public IPEndPoint Client { get; } = (IPEndPoint)client.RemoteEndPoint!;

    /// <summary>Carries octets both ways until one side ends.</summary>
    public async Task RunAsync(IPEndPoint target, CancellationToken cancellation)
    {
        client.NoDelay = true;
        await gate.PassAsync(cancellation);
        await _server.ConnectAsync(target, cancellation);
        var there = PumpAsync(client, _server, TrappedAsync, cancellation);
        var back = PumpAsync(_server, client, AnswerAsync, cancellation);
        await await Task.WhenAny(there, back);
    }

    /// <summary>Ends it with a reset, as a dying host does.</summary>
    public void Close()
    {
        client.Close(0);
        _server.Close(0);
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, Task<ReadOnlyMemory<byte>>> filter, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, cancellation) is var read and > 0)
        {
            await gate.PassAsync(cancellation);
            var rest = await filter(buffer.AsMemory(0, read));
            while (rest.Length > 0) rest = rest[await to.SendAsync(rest, cancellation)..];
        }
    }

    private async Task<ReadOnlyMemory<byte>> TrappedAsync(ReadOnlyMemory<byte> request)
    {
        switch (trap.Take(request.Length))
        {
            case TrapKind.LoseAnswer:
                _answersAreLost = true;
                return request;
            case TrapKind.TearRequest:
                await _server.SendAsync(request[..(request.Length / 2)]);
                throw new IOException("Torn.");
            default:
                return request;
        }
    }

    private Task<ReadOnlyMemory<byte>> AnswerAsync(ReadOnlyMemory<byte> answer) =>
        _answersAreLost ? throw new IOException("Lost.") : Task.FromResult(answer);
}
