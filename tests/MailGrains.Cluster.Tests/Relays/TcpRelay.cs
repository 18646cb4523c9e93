using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MailGrains.Cluster.Tests.Relays;

/// <summary>A network between two processes that can be cut, paused and healed. It listens at one address and connects to another.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly ConcurrentDictionary<RelayedConnection, bool> _connections = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private Func<IPEndPoint, bool> _isCut = _ => false;

    public TcpRelay(IPEndPoint listen, IPEndPoint target)
    {
        _target = target;
        _listener = new TcpListener(listen);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>What nobody may pass while it is closed.</summary>
    public RelayGate Gate { get; } = new();

    /// <summary>What happens to the next large request, if anything.</summary>
    public RelayTrap Trap { get; } = new();

    /// <summary>Closes all connections; new ones are let through.</summary>
    public void Break()
    {
        foreach (var connection in _connections.Keys) connection.Close();
    }

    /// <summary>Closes all connections, and refuses new ones until <see cref="Heal"/>.</summary>
    public void Cut() => Cut(_ => true);

    /// <summary>The same, only for those whose client is one of these.</summary>
    public void Cut(Func<IPEndPoint, bool> isClient)
    {
        _isCut = isClient;
        foreach (var connection in _connections.Keys)
            if (isClient(connection.Client)) connection.Close();
    }

    public void Heal()
    {
        _isCut = _ => false;
        Gate.Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        Break();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody wants it any more.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = new RelayedConnection(client, Gate, Trap);
        _connections[connection] = true;
        try
        {
            if (!_isCut(connection.Client)) await connection.RunAsync(_target, _stopping.Token);
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side went away, or was cut off: so does the other.
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            connection.Close();
        }
    }
}
