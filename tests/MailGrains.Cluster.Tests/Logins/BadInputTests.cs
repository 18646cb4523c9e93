using System.Text;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Cluster.Tests.Logins;

/// <summary>What strangers send is refused alike at every frontend, and a stranger at one is no burden for the other.</summary>
public sealed class BadInputTests(TwoFrontends cluster) : IClassFixture<TwoFrontends>
{
    private const string Refused = "NO [AUTHENTICATIONFAILED] Invalid user name or password";
    private const string ProxyV1 = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 143\r\n";
    private const string ProxyV2 = "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\u0000\u000c\u00c0\u0000\u0002\u0007\u00c6\u0033\u0064\u0001\u0012\u0067\u0000\u008f";

    /// <summary>Signature, PROXY, TCP4, and a length of 65535.</summary>
    private const string EndlessProxyV2 = "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\u00ff\u00ff";

    private const int SilentConnections = 5000;
    private const int ParallelLogins = 200;
    private const int FailuresOfConnection = 4;
    private const int OctetsOfHugePassword = 1_000_000;

    /// <summary>It fits a line, and is longer than passwords may be.</summary>
    private const int OctetsOfLongPassword = 4000;

    private const int TimedRefusals = 24;

    // Without the hash a refusal takes a small part of the time.
    private const double AllowedRatio = 2.5;

    // One argon2id of 19 MiB for each processor, and what a hundred sessions take; where none waited for its turn it was half as much again, or more.
    private static long AllowedGrowth => (19L * Environment.ProcessorCount + 64) << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProxyV1)]
    [InlineData(ProxyV2)]
    public async Task A_password_in_clear_is_refused_to_clients_from_elsewhere(string header)
    {
        foreach (var frontend in cluster.Frontends)
        {
            using var elsewhere = await Stranger.ConnectAsync(TwoFrontends.TrustedPeer, frontend.Ports.Imap, Cancellation);
            await elsewhere.SendAsync(header, Cancellation);
            Assert.Contains("LOGINDISABLED", await elsewhere.LineAsync(Cancellation));
            await elsewhere.SendAsync($"a LOGIN {TwoFrontends.User(200)} {LoadRun.Password}\r\n", Cancellation);
            Assert.StartsWith("a NO [PRIVACYREQUIRED]", await elsewhere.LineAsync(Cancellation));
            await elsewhere.SendAsync($"b AUTHENTICATE PLAIN {Base64($"\0{TwoFrontends.User(200)}\0{LoadRun.Password}")}\r\n", Cancellation);
            Assert.StartsWith("b NO [PRIVACYREQUIRED]", await elsewhere.LineAsync(Cancellation));

            using var here = await RawImap.LoggedInAsync(frontend.Ports.Imap, TwoFrontends.User(200), LoadRun.Password, Cancellation);
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: mail\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\n\r\na LOGOUT\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0000\u00c8\u0001\u0000\u0000\u00c4\u0003\u0003")]
    [InlineData(ProxyV1 + "a LOGOUT\r\n")]
    [InlineData(ProxyV2 + "a LOGOUT\r\n")]
    public async Task Another_protocol_or_a_PROXY_header_of_a_peer_not_trusted_with_one_is_cut_off(string opening)
    {
        foreach (var (port, greeting) in cluster.Frontends.SelectMany(f => new[] { (f.Ports.Imap, "* OK"), (f.Ports.Lmtp, "220") }))
        {
            using var untrusted = await Stranger.ConnectAsync(TwoFrontends.UntrustedPeer, port, Cancellation);
            Assert.StartsWith(greeting, await untrusted.LineAsync(Cancellation));
            await untrusted.SendAsync(opening, Cancellation);
            Assert.Empty(await untrusted.LinesToEndAsync(Cancellation));
        }
    }

    [Theory]
    [InlineData(EndlessProxyV2)]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 99999 143\r\n")]
    [InlineData("a NOOP\r\n")]
    public async Task A_trusted_peer_whose_PROXY_header_is_none_is_cut_off_without_a_word(string opening)
    {
        foreach (var port in cluster.Frontends.SelectMany(MailPorts)) Assert.Empty(await SayAsync(TwoFrontends.TrustedPeer, port, opening));
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0021\u0011\u0000\u000c\u00c0")]
    public async Task A_trusted_peer_whose_PROXY_header_breaks_off_is_cut_off_without_a_word(string opening)
    {
        foreach (var port in cluster.Frontends.SelectMany(MailPorts))
        {
            using var trusted = await Stranger.ConnectAsync(TwoFrontends.TrustedPeer, port, Cancellation);
            await trusted.SendAsync(opening, Cancellation);
            trusted.SendNothingMore();
            Assert.Empty(await trusted.LinesToEndAsync(Cancellation));
        }
    }

    [Fact]
    public async Task A_trusted_peer_that_stays_silent_is_cut_off_without_a_word()
    {
        var said = await Task.WhenAll(cluster.Frontends.SelectMany(MailPorts).Select(port => SayAsync(TwoFrontends.TrustedPeer, port, "")));
        Assert.All(said, Assert.Empty);
    }

    [Fact]
    public async Task Thousands_of_silent_connections_at_one_frontend_hold_up_logins_at_none()
    {
        foreach (var frontend in cluster.Frontends) await LoginTimeAsync(frontend, TwoFrontends.User(201));
        using var crowd = await Crowd.ConnectAsync(cluster.Frontends[0].Ports.Imap, SilentConnections, Cancellation);
        foreach (var (frontend, first) in cluster.Frontends.Zip([TwoFrontends.User(202), TwoFrontends.User(203)]))
        {
            var took = await LoginTimeAsync(frontend, first);
            TestContext.Current.TestOutputHelper?.WriteLine($"a login at {frontend.Name}: {took.TotalMilliseconds:F0} ms");
            Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        // They were not thrown out to make room.
        Assert.Equal(SilentConnections, await crowd.ServedAsync(Cancellation));
    }

    [Fact]
    public async Task An_address_that_holds_too_many_connections_of_a_frontend_gets_no_more_of_it_and_others_do()
    {
        var held = new List<Stranger>();
        try
        {
            foreach (var frontend in cluster.Frontends)
            {
                for (var connection = 1; connection <= TwoFrontends.ConnectionsPerAddress; connection++)
                {
                    held.Add(await ComeFromAsync("192.0.2.8", frontend));
                    Assert.StartsWith("* OK", await held[^1].LineAsync(Cancellation));
                }

                using var oneMore = await ComeFromAsync("192.0.2.8", frontend);
                Assert.StartsWith("* BYE", Assert.Single(await oneMore.LinesToEndAsync(Cancellation)));
                using var other = await ComeFromAsync("192.0.2.9", frontend);
                Assert.StartsWith("* OK", await other.LineAsync(Cancellation));
            }
        }
        finally
        {
            foreach (var connection in held) connection.Dispose();
        }
    }

    [Fact]
    public async Task The_fourth_failed_login_ends_the_connection_and_says_no_more_of_users_than_of_strangers()
    {
        foreach (var frontend in cluster.Frontends)
        {
            using var imap = await RawImap.ConnectAsync(frontend.Ports.Imap, Cancellation);
            for (var failure = 1; failure <= FailuresOfConnection; failure++)
            {
                var user = failure % 2 == 0 ? TwoFrontends.User(204) : "nobody@example.org";
                var reply = await imap.RunAsync($"LOGIN {user} \"wrong\"", Cancellation);
                Assert.Equal(Refused, reply.Tagged);
                Assert.Equal(failure == FailuresOfConnection, reply.Untagged.Any(l => l.Text.StartsWith("* BYE", StringComparison.Ordinal)));
            }

            await Assert.ThrowsAnyAsync<IOException>(() => imap.ResponseAsync(Cancellation));
        }

        // Four failures of the name on two nodes are still free: the account was there all along.
        using var good = await RawImap.LoggedInAsync(cluster.Frontends[0].Ports.Imap, TwoFrontends.User(204), LoadRun.Password, Cancellation);
    }

    [Fact]
    public async Task A_refusal_takes_as_long_for_a_user_as_for_a_name_that_is_none()
    {
        var (users, strangers) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var n = 0; n < TimedRefusals; n++)
        {
            // Each pair from an address of its own, and each name once: neither is slowed for guessing.
            var (from, port) = ($"127.0.3.{n + 1}", cluster.Frontends[n % 2].Ports.Imap);
            users.Add(await RefusalAsync(from, port, TwoFrontends.User(207 + n)));
            strangers.Add(await RefusalAsync(from, port, $"nobody{n}@example.org"));
        }

        var (user, stranger) = (Median(users), Median(strangers));
        TestContext.Current.TestOutputHelper?.WriteLine($"{user.TotalMilliseconds:F0} ms for a user, {stranger.TotalMilliseconds:F0} ms for nobody");
        Assert.InRange(user / stranger, 1 / AllowedRatio, AllowedRatio);
    }

    [Theory]
    [InlineData("\0{0}\0{1}\0")]
    [InlineData("\0{0}\0\0{1}")]
    [InlineData("\0{0}\0")]
    public async Task A_PLAIN_message_with_one_NUL_more_or_without_a_password_is_refused(string format)
    {
        foreach (var frontend in cluster.Frontends)
        {
            using var imap = await RawImap.ConnectAsync(frontend.Ports.Imap, Cancellation);
            var message = string.Format(null, format, TwoFrontends.User(205), LoadRun.Password);
            Assert.Equal(Refused, (await imap.RunAsync($"AUTHENTICATE PLAIN {Base64(message)}", Cancellation)).Tagged);
            (await imap.RunAsync($"AUTHENTICATE PLAIN {Base64($"\0{TwoFrontends.User(205)}\0{LoadRun.Password}")}", Cancellation)).Ok();
        }
    }

    [Fact]
    public async Task A_huge_password_is_refused_and_the_right_one_taken_afterwards()
    {
        foreach (var frontend in cluster.Frontends)
        {
            var port = frontend.Ports.Imap;
            var said = await SayAsync(TwoFrontends.UntrustedPeer, port, $"a {PlainOf(OctetsOfHugePassword)}\r\nb NOOP\r\n");
            Assert.StartsWith("* BYE [TOOBIG]", said[^1]);

            using var imap = await RawImap.ConnectAsync(port, Cancellation);
            var literal = await imap.RunAsync($"LOGIN {TwoFrontends.User(206)} {{{OctetsOfHugePassword}}}", Cancellation);
            Assert.StartsWith("NO [TOOBIG]", literal.Tagged);
            Assert.Equal(Refused, (await imap.RunAsync(PlainOf(OctetsOfLongPassword), Cancellation)).Tagged);
            (await imap.RunAsync($"LOGIN {TwoFrontends.User(206)} {LoadRun.Password}", Cancellation)).Ok();
        }

        static string PlainOf(int octets) => $"AUTHENTICATE PLAIN {Base64($"\0{TwoFrontends.User(206)}\0{new string('x', octets)}")}";
    }

    [Fact]
    public async Task Two_hundred_logins_at_once_are_all_served_in_bounded_memory()
    {
        var nodes = cluster.Nodes.ToList();
        var before = nodes.ConvertAll(n => n.Process.ResidentOctets());
        foreach (var node in nodes) await node.Process.ForgetPeakAsync();

        var sessions = await Task.WhenAll(Enumerable.Range(0, ParallelLogins).Select(n =>
            RawImap.LoggedInAsync(cluster.Frontends[n % 2].Ports.Imap, TwoFrontends.User(n), LoadRun.Password, Cancellation)));
        var growth = nodes.Zip(before, (node, octets) => (node.Name, Octets: node.Process.PeakResidentOctets() - octets)).ToList();
        foreach (var session in sessions) session.Dispose();

        foreach (var (name, octets) in growth) TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {octets >> 20} MiB more at the most");
        Assert.DoesNotContain(growth, node => node.Octets > AllowedGrowth);
    }

    /// <summary>From the connection to the answer; the password has to be hashed for it, the first time.</summary>
    private static async Task<TimeSpan> LoginTimeAsync(ClusterNode frontend, string user)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var imap = await RawImap.LoggedInAsync(frontend.Ports.Imap, user, LoadRun.Password, Cancellation);
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static IEnumerable<int> MailPorts(ClusterNode node) => [node.Ports.Imap, node.Ports.Lmtp];

    /// <summary>What a server answers to somebody who goes on sending until it closes.</summary>
    private static async Task<IReadOnlyList<string>> SayAsync(string from, int port, string octets)
    {
        using var stranger = await Stranger.ConnectAsync(from, port, Cancellation);
        var sending = stranger.SendAsync(octets, Cancellation);
        var said = await stranger.LinesToEndAsync(Cancellation);
        await sending;
        return said;
    }

    /// <summary>Connects as a proxy that is trusted does for its client.</summary>
    private static async Task<Stranger> ComeFromAsync(string client, ClusterNode frontend)
    {
        var stranger = await Stranger.ConnectAsync(TwoFrontends.TrustedPeer, frontend.Ports.Imap, Cancellation);
        await stranger.SendAsync($"PROXY TCP4 {client} 198.51.100.1 4711 143\r\n", Cancellation);
        return stranger;
    }

    /// <summary>From a wrong password to the answer.</summary>
    private static async Task<TimeSpan> RefusalAsync(string from, int port, string user)
    {
        using var stranger = await Stranger.ConnectAsync(from, port, Cancellation);
        await stranger.LineAsync(Cancellation);
        var asked = TimeProvider.System.GetTimestamp();
        await stranger.SendAsync($"a LOGIN {user} \"wrong\"\r\n", Cancellation);
        Assert.Equal("a " + Refused, await stranger.LineAsync(Cancellation));
        return TimeProvider.System.GetElapsedTime(asked);
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times) => times.Order().ElementAt(TimedRefusals / 2);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
