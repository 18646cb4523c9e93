using System.Net;
using System.Net.Sockets;
using MailGrains.Frontends.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Tests.Connections;

/// <summary>A line protocol served by Kestrel on a free port of the loopback, as the product does it.</summary>
public sealed class KestrelServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KestrelServer(WebApplication app, string address)
    {
        _app = app;
        EndPoint = address.StartsWith("http://unix:", StringComparison.Ordinal)
            ? new UnixDomainSocketEndPoint(address["http://unix:".Length..])
            : IPEndPoint.Parse(address["http://".Length..]);
    }

    public EndPoint EndPoint { get; }

    public static async Task<KestrelServer> StartAsync<TProtocol>(
        TProtocol protocol, LineListenerOptions? options = null, CertificateFile? certificate = null, string listen = "127.0.0.1:0")
        where TProtocol : class, ILineProtocol
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(protocol);
        builder.Services.AddLineListening(new ConnectionLimits(), certificate);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenFor<TProtocol>(listen, options ?? new LineListenerOptions()));

        var app = builder.Build();
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new KestrelServer(app, addresses.Addresses.Single());
    }

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken = default)
    {
        var unix = EndPoint is UnixDomainSocketEndPoint;
        var socket = unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(EndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
