using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailGrains.Outputs.Tests.Stage;

/// <summary>A real HTTP server on a port of its own, which can go away and come back there.</summary>
internal sealed class TargetServer(RequestDelegate answer) : IAsyncDisposable
{
    private WebApplication? _server;
    private int _port;

    public Uri Url => new($"http://127.0.0.1:{_port}/");

    public static async Task<TargetServer> StartAsync(RequestDelegate answer)
    {
        var server = new TargetServer(answer);
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, _port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        _server = builder.Build();
        _server.Run(answer);
        await _server.StartAsync();
        _port = new Uri(_server.Urls.Single()).Port;
    }

    /// <summary>Connections are refused from now on.</summary>
    public async Task StopAsync()
    {
        if (_server is null) return;
        await _server.StopAsync();
        await _server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
