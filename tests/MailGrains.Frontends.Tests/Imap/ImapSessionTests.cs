using System.Globalization;
using System.Text.Json;
using MailGrains.Frontends.Imap;
using Orleans;
using Orleans.Core.Internal;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

public sealed class ImapSessionTests(ImapStack stack)
{
    [Fact]
    public async Task One_user_has_so_many_sessions_and_no_more()
    {
        using var server = stack.NewServer(new ImapOptions { AllowPlaintextAuth = true, MaxConnectionsPerUser = 2 });
        var user = await stack.NewUserAsync();
        await using var first = await ImapClient.LoginAsync(server, user);
        var second = await ImapClient.LoginAsync(server, user);
        await using var third = new ImapClient(server.Connect());
        await third.ReadLineAsync();
        var login = $"LOGIN {user.Login} \"{ImapStack.Password}\"";
        Assert.Contains("NO [LIMIT]", (await third.RunAsync(login))[^1], StringComparison.Ordinal);
        await second.RunAsync("LOGOUT");
        Assert.Null(await second.ReadLineAsync());
        await second.DisposeAsync();
        Assert.Contains(" OK ", (await third.RunAsync(login))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_says_it_is_is_told_with_its_login_or_from_then_on()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using (var early = new ImapClient(server.Connect()))
        {
            await early.ReadLineAsync();
            await early.RunAsync("ID (\"Name\" \"Thunderbird\" \"os\" NIL \"version\" \"128.5\")");
            await early.RunAsync($"LOGIN {user.Login} \"{ImapStack.Password}\"");
            await early.RunAsync("CREATE a");
            await early.RunAsync("LOGOUT");
        }

        await using (var late = await ImapClient.LoginAsync(server, user))
        {
            await late.RunAsync("SELECT a");
            Assert.Contains(" OK ", (await late.RunAsync($"ID (\"name\" \"{new string('n', 500)}\")"))[^1], StringComparison.Ordinal);
            await late.RunAsync("CREATE b");
            await late.RunAsync("LOGOUT");
        }

        await server.SessionsEndedAsync();
        var clients = await ClientsAsync(user);
        Assert.Equal(
            [
                ("Login", "Thunderbird/128.5"), ("MailboxCreate", "Thunderbird/128.5"), ("Logout", "Thunderbird/128.5"),
                ("Login", null), ("MailboxCreate", new string('n', 64)), ("Logout", new string('n', 64)),
            ],
            clients);
    }

    [Fact]
    public async Task A_client_that_said_what_it_is_is_still_known_when_its_mailbox_has_moved()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ImapClient.LoginAsync(server, user);
        await client.RunAsync("ID (\"name\" \"Mutt\")");
        await user.Mailbox.AsReference<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await client.RunAsync("CREATE a");
        Assert.Equal(("MailboxCreate", "Mutt"), (await ClientsAsync(user))[^1]);
    }

    [Fact]
    public async Task Draining_says_goodbye_to_who_is_in_IDLE()
    {
        using var server = stack.NewServer();
        await using var client = await ImapClient.LoginAsync(server, await stack.NewUserAsync());
        await client.RunAsync("SELECT INBOX");
        await client.SendAsync("i IDLE\r\n");
        await client.ReadLineAsync();
        server.Drain();
        Assert.StartsWith("* BYE [UNAVAILABLE]", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReadLineAsync());
        await server.SessionsEndedAsync();
    }

    [Fact]
    public async Task Nothing_is_said_after_the_goodbye_that_breaks_an_upload_off()
    {
        using var server = stack.NewServer();
        await using var client = await ImapClient.LoginAsync(server, await stack.NewUserAsync());
        await client.SendAsync("a APPEND INBOX {1000}\r\n");
        Assert.Equal("+ OK", await client.ReadLineAsync());
        server.Drain();
        Assert.StartsWith("* BYE [UNAVAILABLE]", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReadLineAsync());
    }

    [Fact]
    public async Task Who_is_evicted_is_told_why()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ImapClient.LoginAsync(server, user);
        await client.RunAsync("SELECT INBOX");
        await client.SendAsync("i IDLE\r\n");
        await client.ReadLineAsync();
        await user.Mailbox.EvictSessionsAsync("Account disabled");
        Assert.Equal("* BYE Account disabled", await client.ReadLineAsync());
        Assert.Null(await client.ReadLineAsync());
    }

    [Fact]
    public async Task A_session_whose_mailbox_is_deleted_under_it_ends()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ImapClient.LoginAsync(server, user);
        await client.RunAsync("SELECT Archive");
        await using var other = await ImapClient.LoginAsync(server, user);
        Assert.Contains(" OK ", (await other.RunAsync("DELETE Archive"))[^1], StringComparison.Ordinal);
        Assert.Contains(await client.RunAsync("NOOP"), l => l.StartsWith("* BYE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UID_STORE_tells_flags_under_the_numbers_the_client_knows()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ImapClient.LoginAsync(server, user);
        for (var i = 0; i < 3; i++) await client.AppendAsync($"A: {i}\r\n\r\n");
        await client.RunAsync("SELECT INBOX");
        await using var other = await ImapClient.LoginAsync(server, user);
        await other.RunAsync("SELECT INBOX");
        await other.RunAsync(@"STORE 1 +FLAGS (\Deleted)");
        await other.RunAsync("EXPUNGE");

        // Numbers fall only once the expunge is told, wherever among the answers that is.
        var uids = new List<uint> { 1, 2, 3 };
        foreach (var line in await client.RunAsync(@"UID STORE 3 +FLAGS (\Flagged)"))
        {
            if (line.EndsWith(" EXPUNGE", StringComparison.Ordinal)) uids.RemoveAt(int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) - 1);
            if (!line.Contains(" FETCH ", StringComparison.Ordinal)) continue;
            Assert.Contains("UID 3 ", line, StringComparison.Ordinal);
            Assert.Equal(3u, uids[int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) - 1]);
        }

        Assert.Equal([2u, 3u], uids);
    }

    [Fact]
    public async Task Pipelined_commands_are_answered_in_order()
    {
        using var server = stack.NewServer();
        await using var client = await ImapClient.LoginAsync(server, await stack.NewUserAsync());
        await client.SendAsync("a NOOP\r\nb SELECT INBOX\r\nc FETCH 1:* UID\r\nd LIST \"\" INBOX\r\ne LOGOUT\r\n");
        var tagged = new List<string>();
        while (await client.ReadLineAsync() is { } line)
        {
            if (line[0] != '*') tagged.Add(line[..4]);
        }

        Assert.Equal(["a OK", "b OK", "c OK", "d OK", "e OK"], tagged);
    }

    [Fact]
    public async Task Every_arrival_is_told_to_a_session_in_IDLE()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var watcher = await ImapClient.LoginAsync(server, user);
        await watcher.RunAsync("SELECT INBOX");
        await watcher.SendAsync("i IDLE\r\n");
        await watcher.ReadLineAsync();
        await using var writer = await ImapClient.LoginAsync(server, user);
        for (var i = 0; i < 100; i++) await writer.AppendAsync("Subject: x\r\n\r\nbody\r\n");

        // Several arrivals may be told at once, but the last number must come.
        string? line;
        do line = await watcher.ReadLineAsync();
        while (line is not null && line != "* 100 EXISTS");
        Assert.NotNull(line);
    }

    /// <summary>Of the events of sessions, in order, the type and the client.</summary>
    private async Task<List<(string, string?)>> ClientsAsync(TestUser user)
    {
        var events = await stack.Store.ReadMailboxAsync(user.Account, 0, int.MaxValue, CancellationToken.None);
        return
        [
            .. events.Select(e => (e.Event.Type, Session: JsonDocument.Parse(e.Event.Payload).RootElement.GetProperty("session")))
                .Where(e => e.Session.TryGetProperty("id", out _))
                .Select(e => (e.Type, e.Session.TryGetProperty("clientId", out var client) ? client.GetString() : null)),
        ];
    }
}
