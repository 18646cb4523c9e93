using System.Net;
using MailGrains.Frontends.Connections;
using MailGrains.TestKit.Pipes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Frontends.Tests.Connections;

/// <summary>A line protocol served in memory, without Kestrel: each connection is a pair of pipes.</summary>
public sealed class TestServer : IDisposable
{
    private readonly LineConnectionHandler _handler;
    private readonly LineListenerOptions _options;
    private readonly ServerCertificates? _certificates;
    private readonly CancellationTokenSource _drain = new();
    private readonly List<Task> _sessions = [];

    public TestServer(ILineProtocol protocol, LineListenerOptions? options = null, ConnectionLimits? limits = null, CertificateFile? certificate = null)
        : this(_ => protocol, options, limits, certificate)
    {
    }

    /// <summary>For a protocol that shares the server's clock and log.</summary>
    public TestServer(
        Func<TestServer, ILineProtocol> protocol, LineListenerOptions? options = null, ConnectionLimits? limits = null, CertificateFile? certificate = null)
    {
        _options = options ?? new LineListenerOptions();
        Registry = new ConnectionRegistry(limits ?? new ConnectionLimits(), Time);
        _certificates = certificate is null ? null : new ServerCertificates(certificate, Time, Logs.For<ServerCertificates>());
        _handler = new LineConnectionHandler(protocol(this), _options, Registry, _certificates, Logs.For<LineConnectionHandler>());
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public ConnectionRegistry Registry { get; }

    public RecordedLogs Logs { get; } = new();

    public Task<Stream> ConnectAsync(CancellationToken cancellationToken = default) => Task.FromResult(Connect());

    /// <summary>Connects as a client of this address.</summary>
    public Stream Connect(string client = "192.0.2.7:4711") => Connect(client, out _);

    /// <param name="ended">Ends when the server is done with this connection and has counted it out.</param>
    public Stream Connect(string client, out Task ended)
    {
        var pair = DuplexPipePair.Create();
        var context = new DefaultConnectionContext(Guid.NewGuid().ToString())
        {
            Transport = pair.Server,
            RemoteEndPoint = IPEndPoint.Parse(client),
            LocalEndPoint = IPEndPoint.Parse("192.0.2.1:24"),
        };
        context.Features.Set<IConnectionLifetimeNotificationFeature>(new Lifetime { ConnectionClosedRequested = _drain.Token });

        // What a socket does when it is aborted: both directions end at once.
        context.ConnectionClosed.Register(() => pair.Client.Output.Complete(new ConnectionAbortedException()));
        var session = Task.Run(() => ServeAsync(context));
        lock (_sessions)
            _sessions.Add(session);
        ended = session.WaitAsync(TimeSpan.FromSeconds(20));
        return new DuplexStream(pair.Client);
    }

    /// <summary>What a listener does when the host stops.</summary>
    public void Drain() => _drain.Cancel();

    /// <summary>Ends when every session so far has ended.</summary>
    public Task SessionsEndedAsync()
    {
        lock (_sessions)
            return Task.WhenAll(_sessions).WaitAsync(TimeSpan.FromSeconds(20));
    }

    public void Dispose()
    {
        Registry.Dispose();
        _certificates?.Dispose();
        _drain.Dispose();
    }

    private async Task ServeAsync(ConnectionContext context)
    {
        ConnectionDelegate serve = _handler.OnConnectedAsync;
        if (_options.TrustedProxies.Count > 0)
        {
            var log = Logs.For<LineConnectionHandler>();
            serve = new ProxyProtocolMiddleware(serve, _options.TrustedProxies, _options.ProxyHeaderTimeout, Time, log).InvokeAsync;
        }

        // Registered first, hence run last: after what the handler does when the connection is closed.
        var closed = new TaskCompletionSource();
        context.ConnectionClosed.Register(closed.SetResult);
        await serve(context);
        await context.Transport.Output.CompleteAsync();
        await context.Transport.Input.CompleteAsync();
        context.Abort();
        await closed.Task;
    }

    private sealed class Lifetime : IConnectionLifetimeNotificationFeature
    {
        public CancellationToken ConnectionClosedRequested { get; set; }

        public void RequestClose() => throw new NotSupportedException();
    }
}
