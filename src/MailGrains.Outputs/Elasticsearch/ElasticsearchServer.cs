using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MailGrains.Outputs.Http;

namespace MailGrains.Outputs.Elasticsearch;

/// <summary>The requests that are made of Elasticsearch, or OpenSearch.</summary>
internal sealed class ElasticsearchServer(ElasticsearchOptions options, TimeProvider time) : IDisposable
{
    private const int MostOfAnswer = 64 << 20;

    /// <summary>Of the answer only what is looked at.</summary>
    private const string Wanted = "filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";

    private readonly HttpTarget _target = new(options.Url, options.Timeout, time);
    private volatile bool _hasTemplate = !options.PutsTemplate;

    /// <summary>Puts the template of the indexes there, once.</summary>
    public async Task PutTemplateAsync(CancellationToken cancellation)
    {
        if (_hasTemplate) return;
        var reply = await SendAsync(
            HttpMethod.Put, $"_index_template/mailgrains-{options.View.LogIndex}", "application/json", Template(), cancellation);
        if (!reply.IsSuccess) throw _target.Unavailable($"did not take the template of the indexes: {(int)reply.Status} {Text(reply)}");
        _hasTemplate = true;
    }

    /// <exception cref="EventRefusedException">The request as a whole was refused.</exception>
    public async Task<BulkOutcome> BulkAsync(BulkRequest request, CancellationToken cancellation)
    {
        var reply = await SendAsync(HttpMethod.Post, $"_bulk?{Wanted}", "application/x-ndjson", request.Body, cancellation);
        if (reply.IsSuccess)
            return BulkOutcome.Read(request, reply.Body) ?? throw _target.Unavailable("gave an answer that is none of _bulk's");
        throw reply.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge
            ? new EventRefusedException($"_bulk was refused: {(int)reply.Status} {Text(reply)}")
            : _target.Unavailable(reply);
    }

    public void Dispose() => _target.Dispose();

    private static string Text(HttpReply reply) => Encoding.UTF8.GetString(reply.Body.Span[..Math.Min(reply.Body.Length, 500)]).ReplaceLineEndings(" ");

    private async Task<HttpReply> SendAsync(
        HttpMethod method, string path, string type, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var url = new Uri($"{options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");
        using var request = new HttpRequestMessage(method, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Authorization = Authorization();
        return await _target.SendAsync(request, MostOfAnswer, cancellation);
    }

    private AuthenticationHeaderValue? Authorization()
    {
        if (options.ApiKey is { } key) return new AuthenticationHeaderValue("ApiKey", key.Read());
        if (options.Password is not { } password) return null;
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{password.Read()}")));
    }

    private byte[] Template()
    {
        using var stream = typeof(ElasticsearchServer).Assembly.GetManifestResourceStream("index-template.json")!;
        var template = JsonNode.Parse(stream)!;
        template["index_patterns"] = new JsonArray($"{options.View.LogIndex}-*", $"{options.View.ObjectIndex}-folder", $"{options.View.ObjectIndex}-user");
        return Encoding.UTF8.GetBytes(template.ToJsonString());
    }
}
