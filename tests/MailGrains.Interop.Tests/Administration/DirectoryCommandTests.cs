using System.Text.Json;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>Groups, roles, domains and imports, by the command line.</summary>
public sealed class DirectoryCommandTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_to_a_group_reaches_its_members_until_it_is_deleted()
    {
        var server = await shared.GetAsync();
        var cli = server.Cli;
        var (one, two) = (await shared.NewAccountAsync("member"), await shared.NewAccountAsync("member"));
        (await cli.RunAsync("group", "add", "readers", "--address", "readers@example.org")).Succeeded();
        Assert.Equal(1, (await cli.RunAsync("group", "add", "readers")).ExitCode);
        Assert.StartsWith("550", await DeliverAsync(server, "readers@example.org"));
        (await cli.RunAsync("group", "member", "add", "readers", one)).Succeeded();
        (await cli.RunAsync("group", "add", "inner readers")).Succeeded();
        (await cli.RunAsync("group", "member", "add", "readers", "inner readers")).Succeeded();
        (await cli.RunAsync("group", "member", "add", "inner readers", two)).Succeeded();
        Assert.Equal(1, (await cli.RunAsync("group", "member", "add", "inner readers", "readers")).ExitCode);
        var shown = Json(await cli.RunAsync("group", "show", "readers", "--json"))[0];
        Assert.Equal(["inner readers", one], shown.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("name").GetString()));

        Assert.StartsWith("250", await DeliverAsync(server, "readers@example.org"));
        foreach (var user in new[] { one, two }) Assert.Equal(1, await MessagesAsync(server, user));
        (await cli.RunAsync("group", "member", "remove", "readers", one)).Succeeded();
        Assert.StartsWith("250", await DeliverAsync(server, "readers@example.org", "Subject: second"));
        Assert.Equal((1, 2), (await MessagesAsync(server, one), await MessagesAsync(server, two)));

        Assert.Contains(Json(await cli.RunAsync("group", "list", "--json")).EnumerateArray(), g => g.GetProperty("name").GetString() == "readers");
        (await cli.RunAsync("group", "delete", "readers")).Succeeded();
        Assert.StartsWith("550", await DeliverAsync(server, "readers@example.org"));
    }

    [Fact]
    public async Task Roles_are_granted_listed_and_revoked()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("auditor");
        (await server.Cli.RunAsync("role", "grant", "auditor", user)).Succeeded();
        var roles = Json(await server.Cli.RunAsync("role", "list", "--json"));
        Assert.Contains(roles.EnumerateArray(), r => r.GetProperty("role").GetString() == "auditor" && r.GetProperty("holder").GetProperty("name").GetString() == user);
        (await server.Cli.RunAsync("role", "revoke", "auditor", user)).Succeeded();
        Assert.Equal(1, (await server.Cli.RunAsync("role", "revoke", "auditor", user)).ExitCode);
    }

    [Fact]
    public async Task From_the_first_domain_on_addresses_must_be_in_one()
    {
        await using var server = await ServerProcess.StartAsync();
        var cli = server.Cli;
        await cli.AddAccountAsync("ada@example.org", "x");
        (await cli.RunAsync("domain", "add", "Example.net")).Succeeded();
        Assert.Equal(1, (await cli.RunAsync("address", "add", "ada@example.org", "ada@example.com")).ExitCode);
        (await cli.RunAsync("address", "add", "ada@example.org", "ada@example.net")).Succeeded();
        (await cli.RunAsync("domain", "disable", "example.net")).Succeeded();
        Assert.StartsWith("550", await DeliverAsync(server, "ada@example.net"));
        Assert.StartsWith("250", await DeliverAsync(server, "ada@example.org"));
        var domain = Assert.Single(Json(await cli.RunAsync("domain", "list", "--json")).EnumerateArray());
        Assert.Equal(("example.net", true), (domain.GetProperty("name").GetString(), domain.GetProperty("disabled").GetBoolean()));
        Assert.Equal(1, (await cli.RunAsync("domain", "remove", "example.net")).ExitCode);
        (await cli.RunAsync("address", "remove", "ada@example.org", "ada@example.net")).Succeeded();
        (await cli.RunAsync("domain", "remove", "example.net")).Succeeded();
    }

    [Fact]
    public async Task An_import_reports_bad_lines_does_the_others_and_can_be_repeated()
    {
        await using var server = await ServerProcess.StartAsync();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "accounts.csv");
        await server.Cli.AddAccountAsync("there@example.org", "mine");
        await File.WriteAllLinesAsync(
            file,
            [
                "# address,password", "one@example.org,secret, with a comma", "no address,x", "two@example.org,\"a \"\"b\"\"\"", "there@example.org,mine",
                "there@example.org,yours", "", "three@example.org,{SHA1}abc", "four@example.org,\"open", "five@example.org", "ONE@example.org,x",
                .. Enumerable.Range(0, 1100).Select(i => $"many{i:0000}@example.org,"),
            ],
            Cancellation);

        var first = await server.Cli.RunAsync("account", "import", file);
        Assert.Equal(1, first.ExitCode);
        Assert.Contains("1103 created, 5 failed, 1 were there already", first.Output);
        foreach (var line in new[] { 3, 6, 8, 9, 11 }) Assert.Contains($"line {line}: ", first.Errors);
        Assert.Contains("0 created, 5 failed, 1104 were there already", (await server.Cli.RunAsync("account", "import", file)).Output);
        Assert.Equal(1104, Json(await server.Cli.RunAsync("account", "list", "--json")).GetArrayLength());

        foreach (var (user, password) in new[] { ("one@example.org", "secret, with a comma"), ("two@example.org", "a \\\"b\\\""), ("there@example.org", "mine") })
            (await RawImap.LoggedInAsync(server.Ports.Imap, user, password, Cancellation)).Dispose();
    }

    [Fact]
    public async Task Mailboxes_hear_of_an_import_in_the_end()
    {
        await using var server = await ServerProcess.StartAsync();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "accounts.csv");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 150).Select(i => $"user{i}@example.org,"), Cancellation);
        (await server.Cli.RunAsync("account", "import", file)).Succeeded();
        while (Json(await server.Cli.RunAsync("status", "--json"))[0].GetProperty("owedActs").GetInt64() > 0) Cancellation.ThrowIfCancellationRequested();
        var checks = Json(await server.Cli.RunAsync("verify", "--json"));
        Assert.Equal(150, checks.GetArrayLength());
        Assert.All(checks.EnumerateArray(), c => Assert.True(c.GetProperty("events").GetInt64() > 0));
    }

    private static async Task<string> DeliverAsync(ServerProcess server, string recipient, string header = "Subject: x")
    {
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        return (await lmtp.DeliverAsync("a@example.net", [recipient], System.Text.Encoding.ASCII.GetBytes(header + "\r\n\r\n"), Cancellation))[0];
    }

    private static async Task<int> MessagesAsync(ServerProcess server, string user)
    {
        var folders = Json(await server.Cli.RunAsync("folder", "list", user, "--json"));
        return folders.EnumerateArray().Single(f => f.GetProperty("path").GetString() == "INBOX").GetProperty("messages").GetInt32();
    }

    private static JsonElement Json(ProgramResult result) => JsonDocument.Parse(result.Succeeded().Output).RootElement;
}
