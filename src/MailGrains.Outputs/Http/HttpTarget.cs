using System.Net.Sockets;
using System.Security.Authentication;
using MailGrains.Subscribers;

namespace MailGrains.Outputs.Http;

/// <summary>
/// A server that is sent requests. Whatever keeps it from answering (no connection, no trust in its certificate, silence, an end in the middle) is a
/// <see cref="HandlerUnavailableException"/>; what it answers is the caller's to judge. Messages name the server, never the path, which may hold a token.
/// </summary>
internal sealed class HttpTarget : IDisposable
{
    /// <summary>So that a name that points elsewhere by now is looked up again.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly string _name;

    public HttpTarget(Uri server, TimeSpan timeout, TimeProvider time)
    {
        (_timeout, _time, _name) = (timeout, time, $"{server.Scheme}://{server.Authority}");
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectTimeout = ConnectTimeout,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("MailGrains");
    }

    /// <param name="mostOctets">Of the answer; what is longer is cut off there.</param>
    /// <exception cref="HandlerUnavailableException">There was no answer.</exception>
    public async Task<HttpReply> SendAsync(HttpRequestMessage request, int mostOctets, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return new HttpReply(response.StatusCode, await ReadAsync(stream, mostOctets, either.Token), RetryAfter(response));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HandlerUnavailableException($"{_name} did not answer within {_timeout.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException or AuthenticationException)
        {
            throw new HandlerUnavailableException($"{_name} can't be reached: {failure.Message}", failure);
        }
    }

    /// <summary>What an answer means that says nothing about events: the server must be waited for.</summary>
    public HandlerUnavailableException Unavailable(HttpReply reply) =>
        new($"{_name} answered {(int)reply.Status} {reply.Status}") { RetryAfter = reply.RetryAfter };

    public HandlerUnavailableException Unavailable(string what) => new($"{_name} {what}");

    public void Dispose() => _client.Dispose();

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int mostOctets, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        var piece = new byte[Math.Min(mostOctets, 16 << 10)];
        while (body.Length < mostOctets)
        {
            var read = await stream.ReadAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, mostOctets - body.Length)), cancellation);
            if (read == 0) break;
            body.Write(piece, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _time.GetUtcNow(),
        _ => null,
    };
}
