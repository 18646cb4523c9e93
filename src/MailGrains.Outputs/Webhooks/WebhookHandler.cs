using System.Net;
using System.Net.Http.Headers;
using MailGrains.Outputs.Http;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using MailGrains.Views;

namespace MailGrains.Outputs.Webhooks;

/// <summary>
/// Posts batches of events to a URL. 2xx: they are handled. 408, 425, 429, 5xx, a redirection, a lost login (401, 407) or no answer: the receiver is waited
/// for. Any other answer refuses them. A batch that is sent again has the same events with the same ids.
/// </summary>
public sealed class WebhookHandler(string name, WebhookOptions options, TimeProvider time, IReadOnlySet<string>? types = null) : IEventHandler, IDisposable
{
    /// <summary>Nothing in the answer matters; so much is read that the connection can be kept.</summary>
    private const int MostOfAnswer = 64 << 10;

    private readonly HttpTarget _target = new(options.Url, options.Timeout, time);

    public string Name => name;

    public IReadOnlySet<string>? Types => types;

    public Interests Interests =>
        (options.HasStructure ? Interests.Body : Interests.None) | (options.Headers.Count > 0 ? Interests.Header : Interests.None);

    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        var body = new WebhookBody(options.IsLines);
        foreach (var one in batch.Events)
        {
            foreach (var shown in EventViews.Project(options.Kind, one, options.View, await ContentsAsync(batch, one, cancellation)))
            {
                if (!body.IsEmpty && body.Length + shown.Length > options.MaxBytes) await PostAsync(body.End(), cancellation);
                body.Add(shown);
            }
        }

        if (!body.IsEmpty) await PostAsync(body.End(), cancellation);
    }

    public void Dispose() => _target.Dispose();

    /// <exception cref="HandlerUnavailableException">The receiver is to be waited for.</exception>
    /// <exception cref="EventRefusedException">It will not have it.</exception>
    internal async Task PostAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = new ReadOnlyMemoryContent(octets) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(options.IsLines ? "application/x-ndjson" : "application/json");
        if (options.Secret is { } secret)
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(secret.Read(), time.GetUtcNow(), octets.Span));
        var reply = await _target.SendAsync(request, MostOfAnswer, cancellation);
        if (reply.IsSuccess) return;
        throw IsForLater(reply.Status) ? _target.Unavailable(reply) : new EventRefusedException($"The receiver answered {(int)reply.Status} {reply.Status}");
    }

    private static bool IsForLater(HttpStatusCode status) => status
        is HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests
        or HttpStatusCode.Unauthorized or HttpStatusCode.ProxyAuthenticationRequired
        || (int)status is >= 500 or < 400;

    private async Task<ViewContents> ContentsAsync(EventBatch batch, EventRecord record, CancellationToken cancellation) => new()
    {
        Summaries = options.HasStructure ? await batch.ReadSummariesAsync(record, cancellation) : ViewContents.None.Summaries,
        Headers = await EventHeaders.ReadAsync(batch, record, options.Headers, cancellation),
    };
}
