using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Outputs.Tests.Stage;

/// <summary>A receiver that drops what it has already, by the events' ids.</summary>
internal sealed class WebhookReceiver
{
    private int _requests;

    public ConcurrentDictionary<string, int> Events { get; } = [];

    public ConcurrentQueue<(byte[] Body, string Signature, string Type)> Bodies { get; } = [];

    public int Requests => _requests;

    /// <summary>The answer to a request with these ids; an exception cuts the connection.</summary>
    public Func<IReadOnlyList<string>, HttpContext, Task<int>> StatusOf { get; set; } = (_, _) => Task.FromResult(200);

    /// <summary>Runs when the events are taken, before the answer.</summary>
    public Action<HttpContext> Taken { get; set; } = _ => { };

    public async Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref _requests);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Bodies.Enqueue((body.ToArray(), http.Request.Headers["X-MailGrains-Signature"].ToString(), http.Request.ContentType ?? ""));
        var ids = ObjectsOf(body.ToArray(), http.Request.ContentType).Select(IdOf).ToList();
        var status = await StatusOf(ids, http);
        if (status < 300)
        {
            foreach (var id in ids) Events.AddOrUpdate(id, 1, (_, times) => times + 1);
            Taken(http);
        }

        http.Response.StatusCode = status;
    }

    private static IEnumerable<JsonNode?> ObjectsOf(byte[] body, string? type) => type == "application/x-ndjson"
        ? Encoding.UTF8.GetString(body).TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line))
        : JsonNode.Parse(body)!.AsArray();

    private static string IdOf(JsonNode? one) => (string)(one!["event"] is JsonObject inner ? inner["id"] : one["vnd.mailgrains.eventId"] ?? one["event_id"])!;
}
