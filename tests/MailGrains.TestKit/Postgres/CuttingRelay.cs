using System.Net;
using System.Net.Sockets;

namespace MailGrains.TestKit.Postgres;

/// <summary>A TCP relay in front of a server that can lose what goes one way, and then cut.</summary>
public sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _open = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly int _target;
    private readonly Task _accepting;
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _requestsLeft = long.MaxValue;
    private bool _losesAnswers;
    private bool _refuses;

    public CuttingRelay(int targetPort)
    {
        _target = targetPort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>From now on answers are lost on their way.</summary>
    public void LoseAnswers()
    {
        lock (_lock) _losesAnswers = true;
    }

    /// <summary>From now on this many more octets of requests pass; the task ends when something was lost.</summary>
    public Task LoseRequestsAfter(long octets)
    {
        lock (_lock)
        {
            _requestsLeft = octets;
            _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _lost.Task;
        }
    }

    /// <summary>Ends all connections. Later ones work again, or are refused.</summary>
    public void Cut(bool refuse = false)
    {
        lock (_lock)
        {
            (_requestsLeft, _losesAnswers, _refuses) = (long.MaxValue, false, refuse);
            foreach (var client in _open) client.Dispose();
            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                _ = RelayAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        lock (_lock)
        {
            if (_refuses)
            {
                client.Dispose();
                return;
            }

            _open.AddRange([client, server]);
        }

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _ending.Token);
            await Task.WhenAny(CopyAsync(client, server, PassedRequest), CopyAsync(server, client, PassedAnswer));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut.
        }

        client.Dispose();
        server.Dispose();
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Func<int, int> passed)
    {
        var buffer = new byte[64 << 10];
        while (await from.GetStream().ReadAsync(buffer, _ending.Token) is > 0 and var read)
            await to.GetStream().WriteAsync(buffer.AsMemory(0, passed(read)), _ending.Token);
    }

    private int PassedRequest(int octets)
    {
        lock (_lock)
        {
            var passed = (int)Math.Min(octets, _requestsLeft);
            if (_requestsLeft != long.MaxValue) _requestsLeft -= passed;
            if (passed < octets) _lost.TrySetResult();
            return passed;
        }
    }

    private int PassedAnswer(int octets)
    {
        lock (_lock) return _losesAnswers ? 0 : octets;
    }
}
