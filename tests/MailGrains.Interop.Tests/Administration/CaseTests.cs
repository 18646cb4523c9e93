using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Cases;
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
    public async Task An_archive_without_a_rule_is_refused_at_start()
    {
        using var folder = new TemporaryFolder();
        var refused = await ServerProcess.RunToEndAsync([$"--Data:Path={folder.Path}", "--Archive:Enabled=true"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Archive:Rules:all:KeepFor", refused.Errors);
    }
}
