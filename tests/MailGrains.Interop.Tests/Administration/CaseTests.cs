using System.Text;
using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>An officer's work on a case, by the command line, from the first hold to the last release.</summary>
public sealed class CaseTests
{
    private const string Ada = "ada@example.org";
    private const string Bob = "bob@example.org";
    private const string Officer = "officer@example.org";
    private const string Second = "second@example.org";
    private const string Password = "correct horse";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_finds_and_exports_what_users_have_expunged()
    {
        await using var server = await StartAsync("--Archive:Rules:all:KeepFor=forever");
        var secret = "Message-ID: <m1@example.org>\r\nFrom: Bob <bob@example.org>\r\nSubject: The merger\r\n\r\nBurn after reading, says the heron.\r\n"u8.ToArray();
        await DeliverAsync(server, Ada, secret);
        await DeliverAsync(server, Ada, "Message-ID: <m2@example.org>\r\nSubject: Lunch\r\n\r\nAt noon?\r\n"u8.ToArray());
        await DeliverAsync(server, Bob, "Message-ID: <m3@example.org>\r\nSubject: The heron\r\n\r\nNobody knows.\r\n"u8.ToArray());

        var id = (await RunAsync(server, Officer, "case", "create", "Project Heron", "--two-people")).Output.Trim();
        await RunAsync(server, Officer, "case", "custodian", id, Ada, Bob);
        await RunAsync(server, Officer, "case", "hold", id, "--reason", "litigation");
        var before = TimeProvider.System.GetUtcNow();
        foreach (var user in new[] { Ada, Bob }) await ExpungeAllAsync(server, user);

        // Live mail has nothing any more; what was there is found, in every mailbox that had it.
        Assert.Equal(0, (await SearchAsync(server, id, "heron", "--as-of", TimeProvider.System.GetUtcNow().AddMinutes(1).ToString("O"))).GetProperty("hits").GetInt32());
        Assert.Equal(2, (await SearchAsync(server, id, "heron", "--as-of", before.ToString("O"))).GetProperty("hits").GetInt32());
        var found = await SearchAsync(server, id, "heron AND subject:merger");
        var item = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.True(item.GetProperty("deleted").GetBoolean());
        Assert.Equal(Ada, item.GetProperty("custodian").GetString());

        var name = item.GetProperty("item").GetString()!;
        var message = (await RunAsync(server, Officer, "case", "message", id, name)).Output;
        Assert.Contains("Delivered-To: " + Ada, message);
        Assert.EndsWith(Encoding.ASCII.GetString(secret).ReplaceLineEndings("\n"), message.ReplaceLineEndings("\n"));

        await RunAsync(server, Officer, "case", "tag", id, "responsive", name);
        using var folder = new TemporaryFolder();
        var search = found.GetProperty("number").GetInt32().ToString();
        var (first, again) = (Path.Combine(folder.Path, "first"), Path.Combine(folder.Path, "again"));
        await RunAsync(server, Officer, "case", "export", id, search, first, "--tag", "responsive");
        await RunAsync(server, Officer, "case", "export", id, search, again, "--tag", "responsive");
        Assert.True(File.ReadAllBytes(Path.Combine(first, "natives", name + ".eml")).AsSpan().EndsWith(secret));
        Assert.Equal(File.ReadAllText(Path.Combine(first, "manifest.sha256")), File.ReadAllText(Path.Combine(again, "manifest.sha256")));
        await ChecksAsync(first);

        // One officer asks, another agrees.
        await RunAsync(server, Officer, "case", "release", id, "--reason", "settled");
        var alone = await TryAsync(server, Officer, "case", "release", id, "--reason", "settled");
        Assert.Contains("somebody else", alone.Errors);
        Assert.Equal(["release-asked", "release-asked"], await HoldsAsync(server, id));
        await RunAsync(server, Second, "case", "release", id, "--reason", "agreed");
        Assert.Equal(["released", "released"], await HoldsAsync(server, id));
        await RunAsync(server, Officer, "case", "close", id);

        var log = (await RunAsync(server, Officer, "case", "log", id)).Output;
        foreach (var type in new[] { "CaseCreate", "CustodianAdd", "HoldApplied", "SearchPerformed", "MessageAccessed", "ItemsTagged", "ExportCreated", "HoldReleaseAsked", "HoldReleased", "CaseClose" })
            Assert.Contains($"\"type\":\"{type}\"", log);
        await VerifiesAsync(server);
    }

    [Theory]
    [InlineData("eml", "items.csv", "natives")]
    [InlineData("mbox", "items.csv", "custodian-1.mbox")]
    [InlineData("csv", "items.csv", "export.json")]
    [InlineData("concordance", "loadfile.dat", "natives")]
    [InlineData("edrm", "edrm.xml", "natives")]
    public async Task Every_format_has_its_files_and_a_manifest_that_holds(string format, params string[] files)
    {
        await using var server = await StartAsync("--Archive:Rules:all:KeepFor=1y");
        await DeliverAsync(server, Ada, "Subject: =?utf-8?q?gr=C3=BC=C3=9Fe=01?=\r\nFrom: \"a, \\\"b\\\"\" <a@example.org>\r\n\r\nFrom here\r\n"u8.ToArray());
        var id = (await RunAsync(server, Officer, "case", "create", "Formats")).Output.Trim();
        await RunAsync(server, Officer, "case", "custodian", id, Ada);
        var search = (await SearchAsync(server, id, "subject:grüße")).GetProperty("number").GetInt32();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "export");
        await RunAsync(server, Officer, "case", "export", id, search.ToString(), path, "--format", format);
        foreach (var file in files) Assert.True(Path.Exists(Path.Combine(path, file)), file);
        await ChecksAsync(path);
        if (format == "edrm") System.Xml.Linq.XDocument.Load(Path.Combine(path, "edrm.xml"));
    }

    [Fact]
    public async Task Roles_are_apart_from_each_other_and_from_the_administrator()
    {
        await using var server = await StartAsync("--Archive:Rules:all:KeepFor=1y");
        await server.Cli.AddAccountAsync("searcher@example.org", Password);
        (await server.Cli.RunAsync("role", "grant", "case-search", "searcher@example.org")).Succeeded();
        var id = (await RunAsync(server, Officer, "case", "create", "Roles")).Output.Trim();
        await RunAsync(server, Officer, "case", "custodian", id, Ada);

        Assert.Contains("case-custodians", (await TryAsync(server, "searcher@example.org", "case", "hold", id, "--reason", "no")).Errors);
        Assert.Contains("case-export", (await TryAsync(server, "searcher@example.org", "case", "export", id, "1", "nowhere")).Errors);
        Assert.Contains("case-audit", (await TryAsync(server, "searcher@example.org", "case", "log", id)).Errors);
        Assert.Contains("roles", (await TryAsync(server, Ada, "case", "list")).Errors);

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

    private static async Task<ServerProcess> StartAsync(string rule)
    {
        var server = await ServerProcess.StartAsync("--Archive:Enabled=true", rule);
        foreach (var user in new[] { Ada, Bob, Officer, Second }) await server.Cli.AddAccountAsync(user, Password);
        foreach (var role in new[] { "case-custodians", "case-search", "case-export", "case-audit" })
            (await server.Cli.RunAsync("role", "grant", role, Officer)).Succeeded();
        (await server.Cli.RunAsync("role", "grant", "case-custodians", Second)).Succeeded();
        return server;
    }

    private static Task<ProgramResult> TryAsync(ServerProcess server, string user, params string[] command) =>
        server.Cli.RunAsync(Password + "\n", [.. command, "--user", user, "--password-stdin"]);

    private static async Task<ProgramResult> RunAsync(ServerProcess server, string user, params string[] command) =>
        (await TryAsync(server, user, command)).Succeeded();

    private static async Task<JsonElement> SearchAsync(ServerProcess server, string id, string query, params string[] options) =>
        JsonDocument.Parse((await RunAsync(server, Officer, ["case", "search", id, query, .. options, "--json"])).Output).RootElement;

    private static async Task<string?[]> HoldsAsync(ServerProcess server, string id) =>
    [
        .. JsonDocument.Parse((await RunAsync(server, Officer, "case", "show", id, "--json")).Output).RootElement
            .GetProperty("custodians").EnumerateArray().Select(c => c.GetProperty("hold").GetString()),
    ];

    private static async Task DeliverAsync(ServerProcess server, string to, byte[] message)
    {
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        Assert.StartsWith("250 ", Assert.Single(await lmtp.DeliverAsync("someone@example.net", [to], message, Cancellation)));
    }

    private static async Task ExpungeAllAsync(ServerProcess server, string user)
    {
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, Password, Cancellation);
        (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
        (await imap.RunAsync("STORE 1:* +FLAGS.SILENT (\\Deleted)", Cancellation)).Ok();
        (await imap.RunAsync("EXPUNGE", Cancellation)).Ok();
    }

    private static async Task ChecksAsync(string folder)
    {
        var start = Programs.Describe("sha256sum", ["--check", "--strict", "manifest.sha256"]);
        start.WorkingDirectory = folder;
        (await Programs.RunAsync(start, ReadOnlyMemory<byte>.Empty, Cancellation)).Succeeded();
    }

    /// <summary>Officers' acts are in the log like everything else, and an export of it verifies.</summary>
    private static async Task VerifiesAsync(ServerProcess server)
    {
        var key = JsonDocument.Parse((await server.Cli.RunAsync("evidence", "key", "--json")).Succeeded().Output).RootElement[0].GetProperty("key").GetString()!;
        var export = JsonDocument.Parse((await server.Cli.RunAsync("evidence", "export", "all", "--json")).Succeeded().Output).RootElement[0].GetProperty("folder").GetString()!;
        (await Programs.RunAsync(Programs.Describe("dotnet", [Built.Verify, export, "--key", key]), ReadOnlyMemory<byte>.Empty, Cancellation)).Succeeded();
    }
}
