using RabbitMQ.Client;

namespace MailGrains.Outputs.RabbitMq;

/// <summary>The one connection of a handler, opened when it is needed and again when it was lost.</summary>
internal sealed class BrokerConnection(string name, RabbitMqOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnection? _connection;

    public async Task<IConnection> OpenAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_connection is { IsOpen: true } open) return open;
            if (_connection is { } lost) await lost.DisposeAsync();
            _connection = null;
            return _connection = await Factory().CreateConnectionAsync($"mailgrains {name}", cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await connection.DisposeAsync();
        _gate.Dispose();
    }

    private ConnectionFactory Factory()
    {
        // Recovery is the delivery's: it knows what was confirmed.
        var factory = new ConnectionFactory
        {
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = Heartbeat,
            ContinuationTimeout = options.Timeout,
            RequestedConnectionTimeout = options.Timeout,
            Uri = options.Url,
        };
        if (options.Password is { } password) factory.Password = password.Read();
        return factory;
    }
}
