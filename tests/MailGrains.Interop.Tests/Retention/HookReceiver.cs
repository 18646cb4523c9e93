using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace MailGrains.Interop.Tests.Retention;

/// <summary>Takes what a webhook posts, goes away and comes back on the same port.</summary>
internal sealed class HookReceiver(int port) : IAsyncDisposable
{
    private HttpListener? _listener;
    private Task _serving = Task.CompletedTask;

    public string Url { get; } = $"http://127.0.0.1:{port}/";

    /// <summary>The types of the events that were taken, by their ids.</summary>
    public ConcurrentDictionary<string, string> Taken { get; } = [];

    public void Start()
    {
        var listener = new HttpListener { Prefixes = { Url } };
        listener.Start();
        _listener = listener;
        _serving = ServeAsync(listener);
    }

    /// <summary>Connections are refused from now on.</summary>
    public async Task StopAsync()
    {
        _listener?.Close();
        _listener = null;
        await _serving;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task ServeAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
            try
            {
                var http = await listener.GetContextAsync();
                using var posted = await JsonDocument.ParseAsync(http.Request.InputStream);
                foreach (var one in posted.RootElement.EnumerateArray().Select(line => line.GetProperty("event")))
                    Taken[one.GetProperty("id").GetString()!] = one.GetProperty("type").GetString()!;
                http.Response.StatusCode = 204;
                http.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed, or the server went away in the middle of a request.
            }
        }
    }
}
