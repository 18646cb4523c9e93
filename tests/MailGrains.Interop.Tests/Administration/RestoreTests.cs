using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Cases;
using MailGrains.TestKit.Clients;
using Xunit;
using static MailGrains.TestKit.Cases.OfficerDesk;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>What was deleted comes back: by the command line for administrators, by /api/me for users. The log tells who did it.</summary>
public sealed class RestoreTests
{
    private static readonly byte[] Letter = "Message-ID: <m1@example.org>\r\nSubject: The heron\r\n\r\nStill here.\r\n"u8.ToArray();
    private static readonly byte[] Plan = "Message-ID: <m2@example.org>\r\nSubject: The plan\r\n\r\nFly south.\r\n"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_brings_back_what_was_expunged_or_went_with_its_folder()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await DeletedAsync(server);
        var listed = await ListAsync(server);
        Assert.Equal(
            [("INBOX", "m1@example.org"), ("Work/2026", "m2@example.org")],
            listed.Select(d => (d.GetProperty("folder").GetString(), d.GetProperty("messageId").GetString()!.Trim('<', '>'))).Order());
        Assert.All(listed, d => Assert.Equal(Ada, d.GetProperty("deletedBy").GetString()));

        // Said twice: each comes once.
        var entries = listed.Select(d => d.GetProperty("entry").GetInt64().ToString()).ToArray();
        for (var twice = 0; twice < 2; twice++)
            Assert.StartsWith("2 restored, 0 ", (await server.Cli.RunAsync(["restore", "messages", Ada, .. entries])).Succeeded().Output, StringComparison.Ordinal);
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, Ada, Password, Cancellation))
        {
            await AssertHasAsync(imap, "INBOX", Letter, "\\Flagged \\Seen");
            await AssertHasAsync(imap, "Work/2026", Plan, "$Work");
        }

        var unknown = await server.Cli.RunAsync("restore", "messages", Ada, "999999");
        Assert.Equal((1, "0 restored, 1 not there any more."), (unknown.ExitCode, unknown.Output.Trim()));
        var others = await server.Cli.RunAsync("restore", "messages", Bob, entries[0]);
        Assert.Equal((1, "0 restored, 1 not there any more."), (others.ExitCode, others.Output.Trim()));
        foreach (var told in await ToldAsync(server))
            Assert.Equal("""{"login":"admin","authMechanism":"TOKEN","isAdmin":true}""", told.GetProperty("actor").GetRawText());
        await desk.SearchAsync(await CaseAsync(desk), "*");
        Assert.Equal(2, (await ListAsync(server)).Count);
    }

    [Fact]
    public async Task They_come_into_the_folder_that_is_named_and_a_time_names_them_all()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        await DeletedAsync(server);
        Assert.Equal(2, (await server.Cli.RunAsync("restore", "messages", Ada)).ExitCode);
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1).ToString("O");
        Assert.Equal("[]", (await server.Cli.RunAsync("restore", "list", Ada, "--since", later, "--json")).Succeeded().Output.Trim());
        var all = await server.Cli.RunAsync("restore", "messages", Ada, "--since", "2020-01-01", "--folder", "Back");
        Assert.StartsWith("2 restored, 0 ", all.Succeeded().Output, StringComparison.Ordinal);
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, Ada, Password, Cancellation);
        Assert.Contains("* STATUS Back (MESSAGES 2)", (await imap.RunAsync("STATUS Back (MESSAGES)", Cancellation)).Untagged.Select(u => u.Text));
    }

    [Fact]
    public async Task A_user_brings_back_what_is_his_own_and_the_log_says_so()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        await DeletedAsync(server);
        using var ada = As(server, Ada);
        var listed = (await ada.GetFromJsonAsync<JsonElement>("/api/me/deleted", Cancellation)).EnumerateArray().ToList();
        Assert.Equal(2, listed.Count);
        var entries = listed.Select(d => d.GetProperty("entry").GetInt64()).ToArray();

        using (var bob = As(server, Bob))
        {
            Assert.Empty((await bob.GetFromJsonAsync<JsonElement>("/api/me/deleted", Cancellation)).EnumerateArray());
            Assert.Equal((0, 2), await RestoreAsync(bob, entries));
        }

        Assert.Equal((2, 0), await RestoreAsync(ada, entries));
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, Ada, Password, Cancellation))
        {
            await AssertHasAsync(imap, "INBOX", Letter, "\\Flagged \\Seen");
            await AssertHasAsync(imap, "Work/2026", Plan, "$Work");
        }

        foreach (var told in await ToldAsync(server))
        {
            var actor = told.GetProperty("actor");
            Assert.Equal((Ada, "BASIC"), (actor.GetProperty("login").GetString(), actor.GetProperty("authMechanism").GetString()));
            Assert.Equal(told.GetProperty("account").GetProperty("id").GetGuid(), actor.GetProperty("id").GetGuid());
            Assert.False(actor.TryGetProperty("isAdmin", out _));
            Assert.Equal("http", told.GetProperty("session").GetProperty("service").GetString());
        }
    }

    [Fact]
    public async Task Users_have_to_say_who_they_are_and_no_other_site_asks_for_them()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        await DeletedAsync(server);
        using var ada = As(server, Ada);
        foreach (var path in new[] { "/api/me/deleted", "/api/me/restore" })
        {
            foreach (var change in new Action<HttpRequestMessage>[]
            {
                r => r.Headers.Authorization = BasicLogin.Of(Ada, "wrong"),
                r => r.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken),
                r => r.Headers.Add("Sec-Fetch-Site", "cross-site"),
            })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                if (path.EndsWith("restore", StringComparison.Ordinal))
                    (request.Method, request.Content) = (HttpMethod.Post, JsonContent.Create(new { entries = new[] { 1L } }));
                request.Headers.Authorization = BasicLogin.Of(Ada, Password);
                change(request);
                using var answer = await ada.SendAsync(request, Cancellation);
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            }
        }

        using var none = await ada.PostAsJsonAsync("/api/me/restore", new { entries = Array.Empty<long>() }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        using var deleted = await ada.GetAsync($"/api/accounts/{Ada}/deleted", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, deleted.StatusCode);
    }

    [Fact]
    public async Task A_user_has_the_time_that_is_set_and_an_administrator_longer()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync("--Archive:UserUndelete=00:00:00.001");
        await DeletedAsync(server);
        using var ada = As(server, Ada);
        Assert.Empty((await ada.GetFromJsonAsync<JsonElement>("/api/me/deleted", Cancellation)).EnumerateArray());
        var listed = await ListAsync(server);
        Assert.Equal(2, listed.Count);
        Assert.Equal((0, 2), await RestoreAsync(ada, [.. listed.Select(d => d.GetProperty("entry").GetInt64())]));
    }

    /// <summary>Ada has expunged a message and deleted a folder with another, and the archive has got there.</summary>
    private static async Task<OfficerDesk> DeletedAsync(ServerProcess server)
    {
        var desk = await OfficerDesk.OpenAsync(server);
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, Ada, Password, Cancellation))
        {
            (await imap.RunAsync("CREATE Work/2026", Cancellation)).Ok();
            (await imap.AppendAsync("INBOX", "\\Seen \\Flagged", Letter, Cancellation)).Ok();
            (await imap.AppendAsync("Work/2026", "$Work", Plan, Cancellation)).Ok();
            foreach (var command in new[] { "DELETE Work/2026", "DELETE Work", "SELECT INBOX", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE" })
                (await imap.RunAsync(command, Cancellation)).Ok();
        }

        // A search waits until the archive has everything.
        await desk.SearchAsync(await CaseAsync(desk), "*");
        return desk;
    }

    private static async Task<string> CaseAsync(OfficerDesk desk) => (await desk.RunAsync(Officer, "case", "create", "Wait")).Output.Trim();

    private static async Task<List<JsonElement>> ListAsync(ServerProcess server) =>
        [.. JsonDocument.Parse((await server.Cli.RunAsync("restore", "list", Ada, "--json")).Succeeded().Output).RootElement.EnumerateArray()];

    private static async Task AssertHasAsync(RawImap imap, string folder, byte[] message, string flags)
    {
        (await imap.RunAsync($"SELECT {folder}", Cancellation)).Ok();
        var fetched = (await imap.RunAsync("FETCH 1:* (FLAGS BODY.PEEK[])", Cancellation)).Untagged
            .Where(u => u.Text.Contains("BODY[]", StringComparison.Ordinal));
        var only = Assert.Single(fetched);
        Assert.Equal(message, Assert.Single(only.Literals));
        var start = only.Text.IndexOf("FLAGS (", StringComparison.Ordinal) + "FLAGS (".Length;
        var names = only.Text[start..only.Text.IndexOf(')', start)].Split(' ').Where(f => f != "\\Recent").Order(StringComparer.Ordinal);
        Assert.Equal(flags, string.Join(' ', names));
    }

    /// <summary>What the log tells of the restoration: the messages, the folders made for them, and that it was one.</summary>
    private static async Task<List<JsonElement>> ToldAsync(ServerProcess server)
    {
        var lines = (await server.Cli.RunAsync("events", "tail", "--last", "1000")).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var events = lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("event")).Where(e => e.ValueKind == JsonValueKind.Object).ToList();
        var account = events.Single(e => TypeOf(e) == "MessageExpunge").GetProperty("account").GetProperty("id").GetGuid();
        var own = events.Where(e => e.GetProperty("account").GetProperty("id").GetGuid() == account).ToList();
        var told = own.Skip(1 + own.FindLastIndex(e => TypeOf(e) == "MessageExpunge"))
            .Where(e => TypeOf(e) is "MessageAppend" or "MailboxCreate" or "Restored").ToList();
        Assert.Equal(2, told.Count(e => TypeOf(e) == "MessageAppend"));
        Assert.Contains(told, e => TypeOf(e) == "MailboxCreate");
        Assert.Contains(told, e => TypeOf(e) == "Restored" && e.GetProperty("count").GetInt32() == 2);
        return told;
    }

    private static string? TypeOf(JsonElement happened) => happened.GetProperty("type").GetString();

    private static async Task<(int Restored, int Gone)> RestoreAsync(HttpClient user, long[] entries)
    {
        using var answer = await user.PostAsJsonAsync("/api/me/restore", new { entries }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return (report.GetProperty("restored").GetInt32(), report.GetProperty("gone").GetArrayLength());
    }

    private static HttpClient As(ServerProcess server, string user) => new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{server.Ports.Http}"),
        DefaultRequestHeaders = { Authorization = BasicLogin.Of(user, Password) },
    };
}
