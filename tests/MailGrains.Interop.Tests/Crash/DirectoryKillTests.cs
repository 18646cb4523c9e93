using System.Net.Http.Headers;
using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>A server killed while groups change: what was acknowledged is in the directory's log, and what is in the log was done.</summary>
public sealed class DirectoryKillTests
{
    private const int Rounds = 3;
    private const int Writers = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_change_is_without_its_event_and_no_event_without_its_change()
    {
        await using var server = await ServerProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Ports.Http}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        var acknowledged = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var enough = new TaskCompletionSource();
            var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(http, $"{round}-{writer}", acknowledged, enough)).ToList();
            await enough.Task.WaitAsync(Cancellation);
            await server.KillAsync();
            await Task.WhenAll(writers);
            await server.StartAgainAsync();

            var there = (await GetAsync(http, "/api/groups?limit=10000")).EnumerateArray().Select(g => g.GetProperty("name").GetString()!).ToHashSet();
            var told = await ToldAsync(http, there.Count);
            Assert.Subset(there, acknowledged);
            Assert.Equal(there.Order(), told.Order());
        }
    }

    private static async Task WriteAsync(HttpClient http, string writer, HashSet<string> acknowledged, TaskCompletionSource enough)
    {
        try
        {
            for (var n = 0; ; n++)
            {
                using var answer = await http.PostAsync("/api/groups", new StringContent($$"""{"name":"{{writer}}-{{n}}"}""", null, "application/json"), Cancellation);
                if (!answer.IsSuccessStatusCode) return;
                lock (acknowledged) acknowledged.Add($"{writer}-{n}");
                if (n == 30) enough.TrySetResult();
            }
        }
        catch (HttpRequestException)
        {
            // The server is gone.
        }
    }

    /// <summary>The names of the groups that the log says were created, once the server has brought what it owed.</summary>
    private static async Task<IReadOnlyList<string>> ToldAsync(HttpClient http, int atLeast)
    {
        for (var attempt = 0; ; attempt++)
        {
            var told = new List<string>();
            foreach (var partition in (await GetAsync(http, "/api/events")).EnumerateArray().Select(p => p.GetProperty("partition").GetInt32()))
            {
                for (var after = 0L; ;)
                {
                    var page = (await GetAsync(http, $"/api/events/{partition}?after={after}")).EnumerateArray().ToList();
                    if (page.Count == 0) break;
                    after = page[^1].GetProperty("position").GetInt64();
                    told.AddRange(page.Select(e => e.GetProperty("event"))
                        .Where(e => e.GetProperty("type").GetString() == "GroupCreate").Select(e => e.GetProperty("groupName").GetString()!));
                }
            }

            if (told.Count >= atLeast || attempt == 300) return told;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancellation);
        }
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path)
    {
        using var json = JsonDocument.Parse(await http.GetStringAsync(path, Cancellation));
        return json.RootElement.Clone();
    }
}
