using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Cases;
using MailGrains.TestKit.Clients;
using Microsoft.Data.Sqlite;
using Xunit;
using static MailGrains.TestKit.Cases.OfficerDesk;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>An officer's work on a case, by the command line, from the first hold to the last release.</summary>
public sealed class CaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_finds_and_exports_what_users_have_expunged()
    {
        await using var server = await ServerProcess.StartAsync("--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=forever");
        var desk = await OfficerDesk.OpenAsync(server);
        await new OfficerTask(desk, _ => Task.CompletedTask).RunAsync(Cancellation);
    }

    [Theory]
    [InlineData("eml", "items.csv", "natives")]
    [InlineData("mbox", "items.csv", "custodian-1.mbox")]
    [InlineData("csv", "items.csv", "export.json")]
    [InlineData("concordance", "loadfile.dat", "natives")]
    [InlineData("edrm", "edrm.xml", "natives")]
    public async Task Every_format_has_its_files_and_a_manifest_that_holds(string format, params string[] files)
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        await desk.DeliverAsync(Ada, "Subject: =?utf-8?q?gr=C3=BC=C3=9Fe=01?=\r\nFrom: \"a, \\\"b\\\"\" <a@example.org>\r\n\r\nFrom here\r\n"u8.ToArray());
        var id = await desk.CaseAsync("Formats");
        var search = (await desk.SearchAsync(id, "subject:grüße")).GetProperty("number").GetInt32();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "export");
        await desk.RunAsync(Officer, "case", "export", id, search.ToString(), path, "--format", format);
        foreach (var file in files) Assert.True(Path.Exists(Path.Combine(path, file)), file);
        await ChecksAsync(path);
        if (format == "edrm") System.Xml.Linq.XDocument.Load(Path.Combine(path, "edrm.xml"));
    }

    [Fact]
    public async Task Roles_are_apart_from_each_other_and_from_the_administrator()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        await desk.AddAsync("searcher@example.org");
        await desk.GrantAsync("case-search", "searcher@example.org");
        var id = await desk.CaseAsync("Roles");

        Assert.Contains("case-custodians", (await desk.TryAsync("searcher@example.org", "case", "hold", id, "--reason", "no")).Errors);
        Assert.Contains("case-export", (await desk.TryAsync("searcher@example.org", "case", "export", id, "1", "nowhere")).Errors);
        Assert.Contains("case-audit", (await desk.TryAsync("searcher@example.org", "case", "log", id)).Errors);
        Assert.Contains("roles", (await desk.TryAsync(Ada, "case", "list")).Errors);

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.AdminToken);
        using var administrator = await http.GetAsync($"http://127.0.0.1:{server.Ports.Http}/api/cases", Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, administrator.StatusCode);
    }

    [Fact]
    public async Task Each_time_an_export_is_fetched_is_written_down_in_a_closed_case_too()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        var id = await desk.CaseAsync("Fetched");
        await desk.SearchAsync(id, "*");
        using var folder = new TemporaryFolder();
        await desk.RunAsync(Officer, "case", "export", id, "1", Path.Combine(folder.Path, "export"));
        await desk.RunAsync(Officer, "case", "close", id);

        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = BasicLogin.Of(Officer, Password) } };
        for (var n = 0; n < 2; n++)
            Assert.NotEmpty(await http.GetByteArrayAsync($"http://127.0.0.1:{server.Ports.Http}/api/cases/{id}/exports/1/files", Cancellation));
        Assert.Equal(
            ["CaseCreate", "CustodianAdd", "SearchPerformed", "ExportCreated", "ExportFetched", "CaseClose", "ExportFetched", "ExportFetched"],
            await desk.LogAsync(id));
    }

    [Fact]
    public async Task Custodians_are_who_was_in_a_group_then_also_who_has_left_since()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        foreach (var user in new[] { "carol@example.org", "dave@example.org", "erin@example.org" }) await desk.AddAsync(user);
        string[][] before =
        [
            ["group", "add", "staff"], ["group", "add", "legal"], ["group", "member", "add", "staff", Ada], ["group", "member", "add", "staff", "legal"],
            ["group", "member", "add", "legal", Bob], ["group", "member", "add", "legal", "carol@example.org"], ["group", "member", "add", "staff", "dave@example.org"],
        ];
        foreach (var command in before) (await server.AdminAsync("", command)).Succeeded();
        var then = TimeProvider.System.GetUtcNow().ToString("O");
        string[][] after =
        [
            ["group", "member", "remove", "staff", Ada], ["group", "delete", "legal"], ["account", "disable", "dave@example.org"],
            ["account", "delete", "carol@example.org"], ["group", "member", "add", "staff", "erin@example.org"],
        ];
        foreach (var command in after) (await server.AdminAsync("", command)).Succeeded();

        var id = (await desk.RunAsync(Officer, "case", "create", "Then")).Output.Trim();
        await desk.RunAsync(Officer, "case", "custodian", id, "--group", "staff", "--as-of", then);
        var shown = System.Text.Json.JsonDocument.Parse((await desk.RunAsync(Officer, "case", "show", id, "--json")).Output).RootElement;
        var custodians = shown.GetProperty("custodians").EnumerateArray().ToList();
        Assert.Equal([Ada, Bob, "carol@example.org", "dave@example.org"], custodians.Select(c => c.GetProperty("address").GetString()));
        Assert.All(custodians, c => Assert.Equal(("staff", DateTimeOffset.Parse(then, System.Globalization.CultureInfo.InvariantCulture)), (c.GetProperty("group").GetString(), c.GetProperty("asOf").GetDateTimeOffset())));
        var told = (await desk.RunAsync(Officer, "case", "log", id)).Output.Split('\n').Single(l => l.Contains(Ada, StringComparison.Ordinal));
        Assert.Matches("\"group\":\"staff\",\"asOf\":\"20", told);

        var early = await desk.TryAsync(Officer, "case", "custodian", id, "--group", "staff", "--as-of", "2020-03-01");
        Assert.Contains("the directory's log begins at 20", early.Errors, StringComparison.Ordinal);
        var unknown = await desk.TryAsync(Officer, "case", "custodian", id, "--group", "nobody", "--as-of", then);
        Assert.Contains("There was no group 'nobody' at", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("A moment needs a group", (await desk.TryAsync(Officer, "case", "custodian", id, Ada, "--as-of", then)).Errors, StringComparison.Ordinal);

        // As of now: who has left is not there.
        var now = (await desk.RunAsync(Officer, "case", "create", "Now")).Output.Trim();
        await desk.RunAsync(Officer, "case", "custodian", now, "--group", "staff");
        Assert.Equal(2, (await desk.HoldsAsync(now)).Length);
    }

    [Fact]
    public async Task Events_that_the_archive_could_not_read_are_told_with_a_search()
    {
        await using var server = await ServerProcess.StartWithArchiveAsync();
        var desk = await OfficerDesk.OpenAsync(server);
        await desk.DeliverAsync(Ada, "Subject: there\r\n\r\n"u8.ToArray());
        var id = (await desk.RunAsync(Officer, "case", "create", "Unread")).Output.Trim();
        await desk.RunAsync(Officer, "case", "custodian", id, Ada, Bob);
        Assert.Equal(0, (await desk.SearchAsync(id, "*")).GetProperty("unread").GetInt32());

        // As a log would leave it that says what this version doesn't understand.
        Assert.Equal(0, await server.StopAsync());
        await using (var records = new SqliteConnection($"Data Source={Path.Combine(server.Data, "records.db")};Pooling=False"))
        {
            await records.OpenAsync(Cancellation);
            await using var command = records.CreateCommand();
            command.CommandText = "INSERT INTO record_unread (mailbox, sequence, error) SELECT mailbox, since, 'no UID' FROM record_entry";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
        }

        await server.StartAgainAsync();
        Assert.Equal(1, (await desk.SearchAsync(id, "*")).GetProperty("unread").GetInt32());
        Assert.Contains("1 events could not be read", (await desk.RunAsync(Officer, "case", "search", id, "*")).Output);
        var partial = (await desk.RunAsync(Officer, "case", "partial", id, "2")).Output;
        Assert.Matches(@"event \d+ .*ada@example.org.*MessageNew of .*no UID", partial);
    }

    [Fact]
    public async Task An_archive_without_a_rule_is_refused_at_start()
    {
        using var folder = new TemporaryFolder();
        var refused = await ServerProcess.RunToEndAsync([$"--Data:Path={folder.Path}", "--Archive:Enabled=true"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Archive:Rules:all:KeepFor", refused.Errors);
    }

    [Fact]
    public async Task A_class_of_messages_that_is_none_is_refused_at_start()
    {
        using var folder = new TemporaryFolder();
        var refused = await ServerProcess.RunToEndAsync(
        [
            $"--Data:Path={folder.Path}", "--Archive:Enabled=true", "--Archive:Rules:a:Classes=bulk,spam", "--Archive:Rules:a:KeepFor=1d", "--Archive:Rules:b:KeepFor=1y",
        ]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Archive:Rules:a: Classes = 'bulk,spam': expected some of bulk, auto,", refused.Errors);
    }
}
