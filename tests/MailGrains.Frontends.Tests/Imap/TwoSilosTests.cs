using MailGrains.Frontends.Tests.Connections;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>Two silos, a frontend in each: what a client notices of there being two, and of one of them going away.</summary>
public sealed class TwoSilosTests : IAsyncLifetime
{
    private const string Message = "Subject: x\r\n\r\nbody\r\n";

    private readonly ImapStack _stack = new(silos: 2) { MaxSessions = 4 };

    public ValueTask InitializeAsync() => _stack.InitializeAsync();

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    [Fact]
    public async Task A_session_in_IDLE_goes_with_its_mailbox_when_the_silo_is_drained_and_dies()
    {
        using var server = _stack.NewServer(silo: 0);
        var user = await UserOnSiloAsync(1);
        await using var client = await ImapClient.LoginAsync(server, user);
        await client.AppendAsync(Message);
        await client.RunAsync("SELECT INBOX");
        await client.SendAsync("i IDLE\r\n");
        Assert.StartsWith("+ ", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(_stack.Address(1).ToParsableString(), (await user.Mailbox.LocateAsync()).Silo);

        Assert.True(await _stack.Node(1).DrainAsync());
        await EmptyAsync(1);
        Assert.Equal(_stack.Address(0).ToParsableString(), (await user.Mailbox.LocateAsync()).Silo);
        await _stack.KillAsync(1);

        // The client's patience is shorter than the heartbeat's period: it is the old activation's hint that brought the session here.
        await using var other = await ImapClient.LoginAsync(server, user);
        Assert.Contains(" OK ", await other.AppendAsync(Message), StringComparison.Ordinal);
        Assert.Equal("* 2 EXISTS", await NextAsync(client, "EXISTS"));
        await client.SendAsync("DONE\r\n");
        Assert.StartsWith("i OK", await NextAsync(client, "IDLE done"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_far_from_its_mailbox_is_told_nothing_when_nothing_happens()
    {
        using var server = _stack.NewServer(silo: 0);
        var user = await UserOnSiloAsync(1);
        await using var client = await ImapClient.LoginAsync(server, user);
        await client.AppendAsync(Message);
        await client.RunAsync("SELECT INBOX");
        await client.RunAsync("NOOP");
        Assert.Equal("t5 OK NOOP done", Assert.Single(await client.RunAsync("NOOP")));
    }

    [Fact]
    public async Task Guesses_spread_over_two_frontends_get_no_more_answers_than_over_one()
    {
        var user = await _stack.NewUserAsync();
        var refused = 0;
        using var first = _stack.NewServer(silo: 0);
        using var second = _stack.NewServer(silo: 1);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async guesser =>
        {
            await using var client = new ImapClient((guesser % 2 == 0 ? first : second).Connect($"198.51.100.{guesser}:40000"));
            await client.ReadLineAsync();
            for (var i = 0; i < 3; i++)
            {
                var reply = (await client.RunAsync($"LOGIN {user.Login} guess-{guesser}-{i}"))[^1];
                if (reply.Contains("AUTHENTICATIONFAILED", StringComparison.Ordinal)) Interlocked.Increment(ref refused);
            }
        }));

        // One more each second that passes by; five, were there no clock.
        Assert.InRange(refused, 5, 15);
    }

    [Fact]
    public async Task Guesses_from_one_address_over_two_frontends_are_counted_together()
    {
        using var first = _stack.NewServer(silo: 0);
        using var second = _stack.NewServer(silo: 1);
        var answered = 0;
        for (var i = 0; i < 60; i++)
        {
            var user = await _stack.NewUserAsync();
            await using var client = new ImapClient((i % 2 == 0 ? first : second).Connect("198.51.100.7:40000"));
            await client.ReadLineAsync();
            var reply = (await client.RunAsync($"LOGIN {user.Login} guess"))[^1];
            if (reply.Contains("AUTHENTICATIONFAILED", StringComparison.Ordinal)) answered++;
        }

        Assert.InRange(answered, 20, 35);
    }

    [Fact]
    public async Task Sessions_of_one_user_are_counted_over_all_frontends()
    {
        using var first = _stack.NewServer(silo: 0);
        using var second = _stack.NewServer(silo: 1);
        var user = await _stack.NewUserAsync();
        var clients = new List<ImapClient>();
        for (var i = 0; i < 4; i++) clients.Add(await ImapClient.LoginAsync(i % 2 == 0 ? first : second, user));

        await using var tooMany = new ImapClient(second.Connect());
        await tooMany.ReadLineAsync();
        var login = $"LOGIN {user.Login} \"{ImapStack.Password}\"";
        Assert.Equal("t1 NO [LIMIT] Too many sessions of this user", (await tooMany.RunAsync(login))[^1]);
        var told = await RefusalsAsync(user, 1);
        Assert.Contains("\"reason\":\"limit\"", Assert.Single(told), StringComparison.Ordinal);
        Assert.Contains($"\"actor\":{{\"id\":\"{user.Account.Value:D}\"", told[0], StringComparison.Ordinal);

        await clients[0].RunAsync("LOGOUT");
        Assert.StartsWith("t2 OK", (await tooMany.RunAsync(login))[^1], StringComparison.Ordinal);
        Assert.Single(await RefusalsAsync(user, 1));
        foreach (var client in clients) await client.DisposeAsync();
    }

    /// <summary>Payloads of logins that failed, once there are so many: nobody waits for them to be written.</summary>
    private async Task<IReadOnlyList<string>> RefusalsAsync(TestUser user, int atLeast)
    {
        while (true)
        {
            var events = await _stack.Store.ReadMailboxAsync(user.Account, 0, int.MaxValue, TestContext.Current.CancellationToken);
            var failed = events.Where(e => e.Event.Type == "LoginFailed").Select(e => System.Text.Encoding.UTF8.GetString(e.Event.Payload.Span)).ToList();
            if (failed.Count >= atLeast) return failed;
            await Task.Yield();
        }
    }

    /// <summary>An account whose mailbox is open on this silo.</summary>
    private async Task<TestUser> UserOnSiloAsync(int silo)
    {
        while (true)
        {
            var user = await _stack.NewUserAsync();
            if ((await user.Mailbox.LocateAsync()).Silo == _stack.Address(silo).ToParsableString()) return user;
        }
    }

    private async Task EmptyAsync(int silo)
    {
        while ((await _stack.Node(silo).StatusAsync()).Mailboxes > 0) await Task.Yield();
    }

    private static async Task<string> NextAsync(ImapClient client, string what)
    {
        while (await client.ReadLineAsync() is { } line)
        {
            if (line.EndsWith(what, StringComparison.Ordinal)) return line;
        }

        return "(closed)";
    }
}
