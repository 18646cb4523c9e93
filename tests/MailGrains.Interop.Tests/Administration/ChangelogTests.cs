using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>What a groupware client learns of an event that was changed, from the server as it is shipped.</summary>
public sealed class ChangelogTests
{
    private const string Ada = "ada@example.org";
    private const string Web = "web@example.org";
    private const string Password = "correct horse";
    private const string Secret = "the secret of the programs";
    private const string Uid = "0015c5fe-9baf-0561-11e3-d584fa2894b7";
    private const string Calendar = "user/ada/Calendar@example.org";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_that_was_changed_has_its_history()
    {
        using var folder = new TemporaryFolder();
        var secret = Path.Combine(folder.Path, "secret");
        await File.WriteAllTextAsync(secret, Secret + "\n", Cancellation);
        await using var server = await ServerProcess.StartAsync(
            "--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=forever", "--Changelog:Enabled=true", $"--Changelog:SecretFile={secret}");
        foreach (var user in new[] { Ada, Web }) await server.Cli.AddAccountAsync(user, Password);
        (await server.Cli.RunAsync("role", "grant", "changelog", Web)).Succeeded();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Ports.Http}") };
        http.DefaultRequestHeaders.Authorization = BasicLogin.Of(Web, Password);

        var sample = (await File.ReadAllTextAsync(Path.Combine(Built.Root, "tests/MailGrains.Changelog.Tests/Samples/event-v3.eml"), Cancellation)).ReplaceLineEndings("\r\n");
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, Ada, Password, Cancellation);
        (await imap.RunAsync("CREATE Calendar", Cancellation)).Ok();
        (await imap.AppendAsync("Calendar", "\\Seen", Encoding.UTF8.GetBytes(sample), Cancellation)).Ok();
        (await imap.RunAsync("SELECT Calendar", Cancellation)).Ok();
        await CaughtUpAsync(server);
        var created = await CallAsync(http, "event.created", new { uid = Uid, mailbox = "Calendar" });
        var first = created.GetProperty("rev").GetInt64();
        Assert.Equal((Uid, Ada, Calendar), (Text(created, "uid"), Text(created, "user"), Text(created, "mailbox")));

        // Two changes in the same tenth of a second have one number.
        while (RevisionNow() <= first) Cancellation.ThrowIfCancellationRequested();
        var changed = sample.Replace("Raum 3, Haus B", "Raum 4", StringComparison.Ordinal);
        Assert.NotEqual(sample, changed);
        (await imap.AppendAsync("Calendar", "\\Seen", Encoding.UTF8.GetBytes(changed), Cancellation)).Ok();
        (await imap.RunAsync("UID STORE 1 +FLAGS.SILENT (\\Deleted)", Cancellation)).Ok();
        (await imap.RunAsync("EXPUNGE", Cancellation)).Ok();
        await CaughtUpAsync(server);

        // The old message went because the new one replaced it.
        var changes = (await CallAsync(http, "event.changelog", new { uid = Uid, mailbox = Calendar })).GetProperty("changes").EnumerateArray().ToList();
        Assert.Equal(["APPEND", "APPEND"], changes.Select(c => Text(c, "op")));
        Assert.All(changes, c => Assert.Equal((Ada, Calendar), (Text(c, "user"), Text(c, "mailbox"))));
        var second = changes[1].GetProperty("rev").GetInt64();
        Assert.Equal(first, changes[0].GetProperty("rev").GetInt64());
        Assert.True(second > first);
        Assert.Equal(second, (await CallAsync(http, "event.lastmodified", new { uid = Uid })).GetProperty("rev").GetInt64());

        // What it was before can be read though its message is expunged.
        var old = await CallAsync(http, "event.get", new { uid = Uid, rev = first, mailbox = "Calendar" });
        Assert.Equal("application/calendar+xml", Text(old, "type"));
        Assert.Contains("Raum 3, Haus B", Text(old, "xml"));
        Assert.Equal(sample, (await CallAsync(http, "event.rawdata", new { uid = Uid, rev = first, mailbox = "Calendar" })).GetString());
        var difference = Assert.Single((await CallAsync(http, "event.diff", new { uid = Uid, rev1 = first, rev2 = second })).GetProperty("changes").EnumerateArray());
        Assert.Equal(
            ("MODIFY", "location", "Raum 3, Haus B", "Raum 4"),
            (Text(difference, "op"), Text(difference, "property"), Text(difference, "old"), Text(difference, "new")));

        // The event itself goes.
        while (RevisionNow() <= second) Cancellation.ThrowIfCancellationRequested();
        (await imap.RunAsync("UID STORE 2 +FLAGS.SILENT (\\Deleted)", Cancellation)).Ok();
        (await imap.RunAsync("EXPUNGE", Cancellation)).Ok();
        await CaughtUpAsync(server);
        var all = (await CallAsync(http, "event.changelog", new { uid = Uid, mailbox = "Calendar" })).GetProperty("changes").EnumerateArray();
        Assert.Equal(["APPEND", "APPEND", "DELETE"], all.Select(c => Text(c, "op")));
        Assert.Equal(JsonValueKind.False, (await CallAsync(http, "task.created", new { uid = Uid })).ValueKind);
        Assert.Equal(JsonValueKind.False, (await CallAsync(http, "event.created", new { uid = Uid }, user: Web)).ValueKind);
    }

    [Fact]
    public async Task A_changelog_without_archive_or_secret_is_refused_at_start()
    {
        using var folder = new TemporaryFolder();
        string[] start = [$"--Data:Path={folder.Path}", "--Changelog:Enabled=true"];
        string[] archive = ["--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=1y"];
        var empty = Path.Combine(folder.Path, "empty");
        await File.WriteAllTextAsync(empty, "\n", Cancellation);
        await RefusedAsync("Archive:Enabled", start);
        await RefusedAsync("Changelog:SecretFile", [.. start, .. archive]);
        await RefusedAsync("empty", [.. start, .. archive, $"--Changelog:SecretFile={empty}"]);
    }

    private static async Task RefusedAsync(string reason, string[] arguments)
    {
        var refused = await ServerProcess.RunToEndAsync(arguments);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(reason, Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> CallAsync(HttpClient http, string method, object parameters, string user = Ada)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/rpc") { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Request-User", user);
        byte[] signed = [.. Encoding.UTF8.GetBytes(user + ":"), .. body];
        request.Headers.Add("X-Request-Sign", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)));
        using var response = await http.SendAsync(request, Cancellation);
        var answer = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.OK, answer);
        var root = JsonDocument.Parse(answer).RootElement;
        return root.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(answer);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static long RevisionNow() => ((TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 50) / 100) - 13_885_344_000;

    /// <summary>Until all subscribers have everything that is in the log.</summary>
    private static async Task CaughtUpAsync(ServerProcess server)
    {
        var partitions = (await JsonAsync(server, "events", "stats", "--json")).GetArrayLength();
        while (true)
        {
            var places = (await JsonAsync(server, "subscriber", "list", "--json")).EnumerateArray().ToLookup(p => p.GetProperty("name").GetString());
            if (new[] { "archive", "changelog" }.All(name => places[name].Count() == partitions
                && places[name].All(p => p.GetProperty("position").GetInt64() >= p.GetProperty("head").GetInt64()))) return;
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async Task<JsonElement> JsonAsync(ServerProcess server, params string[] command) =>
        JsonDocument.Parse((await server.Cli.RunAsync(command)).Succeeded().Output).RootElement;
}
