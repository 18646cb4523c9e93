using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Cases;
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
        var desk = new OfficerDesk(server);
        await desk.OpenAsync();
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
        await using var server = await ServerProcess.StartAsync("--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=1y");
        var desk = new OfficerDesk(server);
        await desk.OpenAsync();
        await desk.DeliverAsync(Ada, "Subject: =?utf-8?q?gr=C3=BC=C3=9Fe=01?=\r\nFrom: \"a, \\\"b\\\"\" <a@example.org>\r\n\r\nFrom here\r\n"u8.ToArray());
        var id = (await desk.RunAsync(Officer, "case", "create", "Formats")).Output.Trim();
        await desk.RunAsync(Officer, "case", "custodian", id, Ada);
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
        await using var server = await ServerProcess.StartAsync("--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=1y");
        var desk = new OfficerDesk(server);
        await desk.OpenAsync();
        await desk.AddAsync("searcher@example.org");
        await desk.GrantAsync("case-search", "searcher@example.org");
        var id = (await desk.RunAsync(Officer, "case", "create", "Roles")).Output.Trim();
        await desk.RunAsync(Officer, "case", "custodian", id, Ada);

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
        await using var server = await ServerProcess.StartAsync("--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=1y");
        var desk = new OfficerDesk(server);
        await desk.OpenAsync();
        var id = (await desk.RunAsync(Officer, "case", "create", "Fetched")).Output.Trim();
        await desk.RunAsync(Officer, "case", "custodian", id, Ada);
        await desk.SearchAsync(id, "*");
        using var folder = new TemporaryFolder();
        await desk.RunAsync(Officer, "case", "export", id, "1", Path.Combine(folder.Path, "export"));
        await desk.RunAsync(Officer, "case", "close", id);

        var credentials = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Officer}:{Password}"));
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Basic", credentials) } };
        for (var n = 0; n < 2; n++)
            Assert.NotEmpty(await http.GetByteArrayAsync($"http://127.0.0.1:{server.Ports.Http}/api/cases/{id}/exports/1/files", Cancellation));
        Assert.Equal(
            ["CaseCreate", "CustodianAdd", "SearchPerformed", "ExportCreated", "ExportFetched", "CaseClose", "ExportFetched", "ExportFetched"],
            await desk.LogAsync(id));
    }

    [Fact]
    public async Task Events_that_the_archive_could_not_read_are_told_with_a_search()
    {
        await using var server = await ServerProcess.StartAsync("--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=1y");
        var desk = new OfficerDesk(server);
        await desk.OpenAsync();
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
