using System.Net;
using System.Text;
using MailGrains.Frontends.Connections;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MailGrains.Frontends.Tests.Connections;

public sealed class LineConnectionTests
{
    [Fact]
    public async Task A_client_that_does_not_log_in_is_sent_away_however_busy_it_is()
    {
        using var server = new TestServer(new EchoProtocol());
        await using var client = new LineClient(server.Connect());
        await client.ExpectAsync("hello");
        for (var i = 0; i < 59; i++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            await client.SayAsync("x", "x");
        }

        server.Time.Advance(TimeSpan.FromSeconds(1));
        await client.ExpectAsync("bye LoginTimeout");
        await client.ExpectClosedAsync();
        await server.SessionsEndedAsync();
        Assert.Contains(server.Logs.Lines, line => line.EndsWith("reason=no login in time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_postpone_the_idle_timeout_and_trickling_bytes_do_not()
    {
        using var server = new TestServer(new EchoProtocol());
        await using var client = new LineClient(server.Connect());
        await client.ExpectAsync("hello");
        await client.SayAsync("LOGIN", "welcome");
        server.Time.Advance(TimeSpan.FromMinutes(29));
        await client.SayAsync("x", "x");
        for (var i = 0; i < 29; i++)
        {
            server.Time.Advance(TimeSpan.FromMinutes(1));
            await client.SendAsync("y");
        }

        server.Time.Advance(TimeSpan.FromMinutes(1));
        await client.ExpectAsync("bye IdleTimeout");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_client_that_never_reads_is_cut_off_and_meanwhile_costs_no_memory()
    {
        var protocol = new EchoProtocol();
        using var server = new TestServer(protocol);
        await using var client = new LineClient(server.Connect());
        await client.ExpectAsync("hello");
        await client.SayAsync("LOGIN", "welcome");
        await client.SayAsync("FLOOD", new string('x', 1000));
        var connection = await protocol.Connected;

        server.Time.Advance(TimeSpan.FromMinutes(30));
        server.Time.Advance(TimeSpan.FromSeconds(11));
        await Closed(connection);
        Assert.InRange(connection.BytesOut, 0, 256 * 1024);
    }

    [Fact]
    public async Task Draining_lets_a_session_say_goodbye()
    {
        using var server = new TestServer(new EchoProtocol());
        await using var client = new LineClient(server.Connect());
        await client.ExpectAsync("hello");
        server.Drain();
        await client.ExpectAsync("bye Draining");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Kestrel_drains_sessions_before_it_stops()
    {
        await using var server = await KestrelServer.StartAsync(new EchoProtocol());
        await using var client = new LineClient(await server.ConnectAsync(TestContext.Current.CancellationToken));
        await client.ExpectAsync("hello");
        var stopping = server.StopAsync();
        await client.ExpectAsync("bye Draining");
        await client.ExpectClosedAsync();
        await stopping;
    }

    [Fact]
    public async Task Caps_turn_away_with_a_word_and_loopback_is_exempt_from_the_cap_per_address()
    {
        using var server = new TestServer(new EchoProtocol(), limits: new ConnectionLimits { Total = 4, PerAddress = 1 });
        await using var first = new LineClient(server.Connect("192.0.2.7:1", out var firstEnded));
        await first.ExpectAsync("hello");
        await using var second = new LineClient(server.Connect("192.0.2.7:2"));
        await second.ExpectAsync("busy");
        await second.ExpectClosedAsync();

        await using var local = new LineClient(server.Connect("127.0.0.1:1"));
        await local.ExpectAsync("hello");
        await using var local2 = new LineClient(server.Connect("127.0.0.1:2"));
        await local2.ExpectAsync("hello");
        await using var local3 = new LineClient(server.Connect("127.0.0.1:3"));
        await local3.ExpectAsync("hello");
        await using var fifth = new LineClient(server.Connect("192.0.2.9:1"));
        await fifth.ExpectAsync("busy");

        await first.SendAsync("QUIT\r\n");
        await first.ExpectClosedAsync();
        await firstEnded;
        await using var next = new LineClient(server.Connect("192.0.2.7:3"));
        await next.ExpectAsync("hello");
    }

    [Fact]
    public async Task A_session_in_wait_can_be_woken_and_goes_on()
    {
        var protocol = new EchoProtocol();
        using var server = new TestServer(protocol);
        await using var client = new LineClient(server.Connect());
        await client.ExpectAsync("hello");
        var connection = await protocol.Connected;
        for (var i = 0; i < 3; i++)
        {
            connection.Wake();
            await client.ExpectAsync("woken");
            await client.SayAsync("x", "x");
        }
    }

    [Fact]
    public async Task The_log_line_tells_the_session_and_cannot_be_forged()
    {
        using var server = new TestServer(new EchoProtocol());
        await using (var client = new LineClient(server.Connect()))
        {
            await client.ExpectAsync("hello");
            await client.SayAsync("LOGIN", "welcome");
            server.Time.Advance(TimeSpan.FromSeconds(90));
            await client.SendAsync("QUIT\r\n");
            await client.ExpectClosedAsync();
        }

        await server.SessionsEndedAsync();
        var line = Assert.Single(server.Logs.Lines);
        Assert.Matches(
            "^Information 1000 Session ended service=echo session=[0-9A-HJKMNP-TV-Z]{13} user=ann\\\\u000d\\\\u000aforged client=192.0.2.7 tls=none seconds=90 in=13 out=16 commands=2 reason=closed by client$", line);
    }

    [Fact]
    public async Task A_mistake_in_a_protocol_ends_one_session_and_is_logged()
    {
        using var server = new TestServer(new EchoProtocol());
        await using var other = new LineClient(server.Connect());
        await other.ExpectAsync("hello");
        await using (var client = new LineClient(server.Connect()))
        {
            await client.ExpectAsync("hello");
            await client.SendAsync("FAIL\r\n");
            await client.ExpectClosedAsync();
        }

        await other.SayAsync("x", "x");
        Assert.Contains(server.Logs.Lines, line => line.Contains("a mistake in the protocol", StringComparison.Ordinal));
        Assert.Contains(server.Logs.Lines, line => line.EndsWith("reason=internal error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trusted_proxy_tells_the_client_and_others_may_not()
    {
        var options = new LineListenerOptions { TrustedProxies = [IPNetwork.Parse("198.51.100.0/24")] };
        using var server = new TestServer(new EchoProtocol(), options);
        await using (var client = new LineClient(server.Connect("198.51.100.9:1")))
        {
            foreach (var octet in "PROXY TCP4 192.0.2.99 198.51.100.1 4711 143\r\n")
                await client.SendAsync(octet.ToString());
            await client.ExpectAsync("hello");
            await client.SayAsync("INFO", "192.0.2.99:4711 198.51.100.1:143 plain");
        }

        await using (var client = new LineClient(server.Connect("203.0.113.5:1")))
        {
            await client.ExpectAsync("hello");
            await client.SendAsync("PROXY TCP4 192.0.2.99 198.51.100.1 4711 143\r\nINFO\r\n");
            await client.ExpectClosedAsync();
        }
    }

    [Fact]
    public async Task A_proxy_that_stays_silent_or_lies_is_cut_off()
    {
        var options = new LineListenerOptions { TrustedProxies = [IPNetwork.Parse("198.51.100.0/24")] };
        using var server = new TestServer(new EchoProtocol(), options);
        await using var wrong = new LineClient(server.Connect("198.51.100.9:1"));
        await wrong.SendAsync("x\r\n");
        await wrong.ExpectClosedAsync();

        await using var silent = new LineClient(server.Connect("198.51.100.9:1"));
        await silent.SendAsync("PROXY ");
        var ended = server.SessionsEndedAsync();
        while (!ended.IsCompleted)
        {
            // The deadline starts when the server has accepted, which may come after the first step of the clock.
            server.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await silent.ExpectClosedAsync();
        Assert.Equal(0, server.Registry.Count);
    }

    private static async Task Closed(LineConnection connection)
    {
        var closed = new TaskCompletionSource();
        using var registration = connection.Aborted.Register(closed.SetResult);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }
}
