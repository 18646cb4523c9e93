using System.Net;
using MailGrains.Frontends.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Hosting.Stores;

/// <summary>
/// The HTTP listener of a node that waits for its database: it is alive and not ready, and does nothing else. Disposed, it has given its ports free for the
/// node's own listener.
/// </summary>
internal sealed class WaitingListener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WaitingListener(WebApplication app) => _app = app;

    /// <exception cref="IOException">An address is in use.</exception>
    public static async Task<IAsyncDisposable> OpenAsync(string httpListen, IReadOnlyList<IPNetwork> trustedProxies)
    {
        var endPoints = ListenEndPoint.ParseList(httpListen);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var endPoint in endPoints) kestrel.Listen(endPoint, listen => listen.UseProxyHeader(trustedProxies));
        });
        var app = builder.Build();
        app.Run(AnswerAsync);

        // Without an address Kestrel would take one of its own.
        if (endPoints.Count > 0) await app.StartAsync();
        return new WaitingListener(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/health/live") return context.Response.WriteAsync("live\n");
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync("not ready: the database can't be reached\n");
    }
}
