using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MailGrains.Bench.Servers;

/// <summary>What a bench asks the administration of a MailGrains server: how far the log and its subscribers are.</summary>
internal sealed class AdminApi : IDisposable
{
    private readonly HttpClient _http;

    public AdminApi(string url, string token)
    {
        _http = new HttpClient { BaseAddress = new Uri(url) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Events that were ever written, all partitions together.</summary>
    public long Events() => Get("/api/events").Sum(partition => (long)partition!["last"]!);

    /// <summary>Events that each subscriber has not handled yet, all partitions together. One that has not started has handled none.</summary>
    public IReadOnlyDictionary<string, long> Pending() => Get("/api/subscribers")
        .GroupBy(place => (string)place!["name"]!, place => (long)place!["head"]! - (long)place["position"]!, StringComparer.Ordinal)
        .ToDictionary(subscriber => subscriber.Key, subscriber => subscriber.Sum(), StringComparer.Ordinal);

    /// <summary>Returns when nothing is pending any more and <paramref name="subscribers"/> at least have started.</summary>
    public void AwaitSubscribers(int subscribers)
    {
        using var pause = new ManualResetEventSlim();
        while (Pending() is var pending && (pending.Count < subscribers || pending.Values.Any(behind => behind > 0)))
            pause.Wait(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Events that a subscriber has passed over, as it could not handle them.</summary>
    public int DeadLetters(string subscriber) => Get($"/api/subscribers/{Uri.EscapeDataString(subscriber)}/dead-letters").Count;

    /// <summary>Mailboxes that the silo holds in memory.</summary>
    public long OpenMailboxes()
    {
        // name{labels} value time
        var line = Read("/metrics").Split('\n').Last(text => text.StartsWith("mailgrains_mailboxes_open", StringComparison.Ordinal));
        return (long)double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    public void Dispose() => _http.Dispose();

    private JsonArray Get(string path) => JsonNode.Parse(Read(path))!.AsArray();

    // Synchronous, as everything here: a bench has threads of its own and no event loop.
    private string Read(string path)
    {
        using var answer = _http.Send(new HttpRequestMessage(HttpMethod.Get, path));
        answer.EnsureSuccessStatusCode();
        using var body = new StreamReader(answer.Content.ReadAsStream());
        return body.ReadToEnd();
    }
}
