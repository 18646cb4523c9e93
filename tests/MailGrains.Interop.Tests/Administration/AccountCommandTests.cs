using System.Text.Json;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

public sealed class AccountCommandTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_lives_through_all_commands()
    {
        var server = await shared.GetAsync();
        var cli = server.Cli;
        var user = await shared.NewAccountAsync("cli");
        Assert.Contains(user, (await cli.RunAsync("account", "list")).Succeeded().Output);
        Assert.Contains(Json(await cli.RunAsync("account", "list", "--json")).EnumerateArray(), a => a.GetProperty("login").GetString() == user);
        var shown = Json(await cli.RunAsync("account", "show", user, "--json"))[0];
        Assert.False(shown.GetProperty("disabled").GetBoolean());
        Assert.True(await CanLogInAsync(server, user, SharedServer.Password));

        (await cli.RunAsync("another\n", ["account", "passwd", user, "--password-stdin"])).Succeeded();
        Assert.False(await CanLogInAsync(server, user, SharedServer.Password));
        Assert.True(await CanLogInAsync(server, user, "another"));

        (await cli.RunAsync("account", "disable", user)).Succeeded();
        Assert.True(Json(await cli.RunAsync("account", "show", user, "--json"))[0].GetProperty("disabled").GetBoolean());
        Assert.False(await CanLogInAsync(server, user, "another"));
        (await cli.RunAsync("account", "enable", user)).Succeeded();
        Assert.True(await CanLogInAsync(server, user, "another"));

        (await cli.RunAsync("account", "delete", user)).Succeeded();
        Assert.Equal(1, (await cli.RunAsync("account", "show", user)).ExitCode);
        Assert.False(await CanLogInAsync(server, user, "another"));
    }

    [Fact]
    public async Task Disable_ends_the_sessions_that_are_open()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("disabled");
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
        (await server.Cli.RunAsync("account", "disable", user)).Succeeded();
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        await lmtp.CommandAsync("MAIL FROM:<a@example.net>", Cancellation);
        Assert.StartsWith("5", await lmtp.CommandAsync($"RCPT TO:<{user}>", Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(async () => (await imap.RunAsync("UID FETCH 1:* FLAGS", Cancellation)).Ok());
    }

    [Fact]
    public async Task Further_addresses_lead_to_the_account_until_removed()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("alias");
        var alias = "also." + user;
        (await server.Cli.RunAsync("address", "add", user, alias)).Succeeded();
        Assert.Contains(Json(await server.Cli.RunAsync("address", "list", user, "--json")).EnumerateArray(), a => a.GetString() == alias);
        Assert.StartsWith("250", await DeliverAsync(server, alias));
        (await server.Cli.RunAsync("address", "remove", user, alias)).Succeeded();
        Assert.StartsWith("550", await DeliverAsync(server, alias));
        Assert.Equal(1, (await server.Cli.RunAsync("address", "remove", user, user)).ExitCode);
    }

    [Fact]
    public async Task Folders_are_created_renamed_listed_and_deleted()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("folders");
        var cli = server.Cli;
        (await cli.RunAsync("folder", "create", user, "Projekte/Größe")).Succeeded();
        (await cli.RunAsync("folder", "create", user, "Done", "--special-use", "Flagged")).Succeeded();
        (await cli.RunAsync("folder", "rename", user, "Projekte", "Work")).Succeeded();
        var folders = Json(await cli.RunAsync("folder", "list", user, "--json")).EnumerateArray().Select(f => f.GetProperty("path").GetString()).ToList();
        Assert.Contains("Work/Größe", folders);
        Assert.Contains("Done", folders);
        (await cli.RunAsync("folder", "delete", user, "Done")).Succeeded();
        Assert.Equal(1, (await cli.RunAsync("folder", "delete", user, "Done")).ExitCode);
        Assert.Equal(1, (await cli.RunAsync("folder", "create", user, "../outside")).ExitCode);
    }

    [Fact]
    public async Task Exit_codes_tell_scripts_what_went_wrong()
    {
        var server = await shared.GetAsync();
        Assert.Equal(1, (await server.Cli.RunAsync("account", "show", "nobody@example.org")).ExitCode);
        Assert.Equal(1, (await server.Cli.RunAsync("x\n", ["account", "add", await shared.NewAccountAsync("twice"), "--password-stdin"])).ExitCode);
        Assert.Equal(1, (await server.Cli.RunAsync("x\n", ["account", "add", "not an address", "--password-stdin"])).ExitCode);
        Assert.Equal(2, (await server.Cli.RunAsync("export", "nobody@example.org", Path.GetTempPath())).ExitCode);
        Assert.Equal(3, (await server.Cli.RunAsync("status", "--server", $"http://127.0.0.1:{FreePorts.Take()}")).ExitCode);

        var stranger = Programs.Describe("dotnet", [Built.Cli, "status", "--server", $"http://127.0.0.1:{server.Ports.Http}"]);
        stranger.Environment["MAILGRAINS_TOKEN"] = "wrong";
        Assert.Equal(4, (await Programs.RunAsync(stranger, ReadOnlyMemory<byte>.Empty, Cancellation)).ExitCode);
        Assert.NotEqual(0, (await server.Cli.RunAsync("acount", "list")).ExitCode);
        Assert.True(Json(await server.Cli.RunAsync("status", "--json"))[0].GetProperty("ready").GetBoolean());
    }

    private static async Task<string> DeliverAsync(ServerProcess server, string recipient)
    {
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        return (await lmtp.DeliverAsync("a@example.net", [recipient], "Subject: x\r\n\r\n"u8.ToArray(), Cancellation))[0];
    }

    private static async Task<bool> CanLogInAsync(ServerProcess server, string user, string password)
    {
        using var imap = await RawImap.ConnectAsync(server.Ports.Imap, Cancellation);
        return (await imap.RunAsync($"LOGIN \"{user}\" \"{password}\"", Cancellation)).IsOk;
    }

    private static JsonElement Json(ProgramResult result) => JsonDocument.Parse(result.Succeeded().Output).RootElement;
}
