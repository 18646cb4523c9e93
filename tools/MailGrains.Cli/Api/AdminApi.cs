using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;

namespace MailGrains.Cli.Api;

/// <summary>The server's admin API. Every failure becomes one line and an exit code.</summary>
internal sealed class AdminApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _notAccepted;

    /// <summary>As administrator.</summary>
    public AdminApi(Uri server, string token)
        : this(server, new AuthenticationHeaderValue("Bearer", token), "The server does not accept this admin token.")
    {
    }

    /// <summary>As an account with roles.</summary>
    public AdminApi(Uri server, string user, string password)
        : this(
            server,
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))),
            "The server does not accept this user and password.")
    {
    }

    private AdminApi(Uri server, AuthenticationHeaderValue credentials, string notAccepted)
    {
        _http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = credentials;
        _notAccepted = notAccepted;
    }

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    /// <summary>A whole listing, page by page.</summary>
    /// <param name="key">What the next page comes after.</param>
    public async Task<List<T>> ListAsync<T>(string path, Func<T, string> key, CancellationToken cancellation)
    {
        const int page = 5000;
        var all = new List<T>();
        while (true)
        {
            var after = all.Count == 0 ? "" : "&after=" + Segment(key(all[^1]));
            var next = await GetAsync<List<T>>($"{path}?limit={page}{after}", cancellation);
            all.AddRange(next);
            if (next.Count < page) return all;
        }
    }

    public async Task<T> PostAsync<T>(string path, HttpContent? content, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Post, path, content, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    public async Task CallAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var response = await SendAsync(method, path, content, cancellation);
    }

    /// <summary>A large answer as a stream; dispose the response.</summary>
    public Task<HttpResponseMessage> StreamAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    /// <summary>The same for a question that is too long for an address.</summary>
    public Task<HttpResponseMessage> PostForStreamAsync(string path, HttpContent content, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, content, cancellation);

    public static string Segment(string text) => Uri.EscapeDataString(text);

    public void Dispose() => _http.Dispose();

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation) =>
        await response.Content.ReadFromJsonAsync<T>(cancellation) ?? throw new CommandFailedException(ExitCode.Failed, "The server's answer is empty.");

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException unreachable) when (unreachable.InnerException is SocketException or IOException || unreachable.StatusCode is null)
        {
            throw new CommandFailedException(ExitCode.Unreachable, $"No server answers at {_http.BaseAddress}: {unreachable.Message}");
        }

        if (response.IsSuccessStatusCode) return response;
        using (response) throw await FailureAsync(response, cancellation);
    }

    private async Task<CommandFailedException> FailureAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return new CommandFailedException(ExitCode.Unauthorized, _notAccepted);
        var text = response.Content.Headers.ContentType?.MediaType == "application/json"
            ? (await response.Content.ReadFromJsonAsync<Problem>(cancellation))?.Message
            : null;
        if (text is null && response.StatusCode == HttpStatusCode.ServiceUnavailable) text = "The server is not available at the moment; try again later.";
        return new CommandFailedException(ExitCode.Failed, text ?? $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
    }

    private sealed record Problem(string Error, string Message);
}
