using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Outputs.Tests.Stage;

/// <summary>
/// Speaks <c>_bulk</c> as Elasticsearch documents it: create of what is there is 409, update of what isn't is 404, index with an external version below that of
/// what is there is 409, and each document has a status of its own.
/// </summary>
internal sealed class SearchServer
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Index, string Id), long> _versions = [];
    private int _requests;

    public Dictionary<(string Index, string Id), JsonObject> Documents { get; } = [];

    /// <summary>How often each place was written.</summary>
    public Dictionary<(string Index, string Id), int> Writes { get; } = [];

    public ConcurrentQueue<string> Authorizations { get; } = [];

    public JsonObject? Template { get; private set; }

    public int Requests => _requests;

    /// <summary>The status of a document instead of the right one; null: the right one.</summary>
    public Func<JsonObject, int?> StatusOf { get; set; } = _ => null;

    /// <summary>Runs before a request is worked on; true: it has answered.</summary>
    public Func<HttpContext, Task<bool>> Before { get; set; } = _ => Task.FromResult(false);

    /// <summary>Runs when the documents are written, before the answer.</summary>
    public Action<HttpContext> Written { get; set; } = _ => { };

    public IReadOnlyList<JsonObject> Log => [.. Documents.Where(d => d.Key.Index.StartsWith("logstash-", StringComparison.Ordinal)).Select(d => d.Value)];

    public async Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref _requests);
        Authorizations.Enqueue(http.Request.Headers.Authorization.ToString());
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        if (await Before(http)) return;
        if (http.Request.Path.StartsWithSegments("/_index_template"))
        {
            Template = JsonNode.Parse(body)!.AsObject();
            await http.Response.WriteAsync("""{"acknowledged":true}""");
            return;
        }

        Assert.Equal("application/x-ndjson", http.Request.ContentType);
        Assert.EndsWith("\n", body, StringComparison.Ordinal);
        var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject()).ToArray();
        JsonArray items;
        lock (_gate) items = new JsonArray(lines.Chunk(2).Select(pair => (JsonNode?)Apply(pair[0], pair[1])).ToArray());
        Written(http);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(new JsonObject { ["errors"] = true, ["items"] = items }.ToJsonString());
    }

    private JsonObject Apply(JsonObject action, JsonObject source)
    {
        var (act, target) = action.Single();
        var place = ((string)target!["_index"]!, (string)target["_id"]!);
        var status = StatusOf(source) ?? Write(act, place, source, (string?)target["version_type"] == "external_gte" ? (long)target["version"]! : null);
        var result = new JsonObject { ["status"] = status };
        if (status >= 300) result["error"] = new JsonObject { ["type"] = "some_exception", ["reason"] = $"status {status}" };
        return new JsonObject { [act] = result };
    }

    private int Write(string act, (string Index, string Id) place, JsonObject source, long? version)
    {
        if (version < _versions.GetValueOrDefault(place)) return 409;
        if (version is { } newer) _versions[place] = newer;
        var isThere = Documents.TryGetValue(place, out var there);
        if (act == "create" && isThere) return 409;
        if (act == "update" && !isThere) return 404;
        Writes[place] = Writes.GetValueOrDefault(place) + 1;
        if (act == "update")
        {
            foreach (var (name, value) in source["doc"]!.AsObject()) there![name] = value?.DeepClone();
            return 200;
        }

        Documents[place] = source;
        return isThere ? 200 : 201;
    }
}
