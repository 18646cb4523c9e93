using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.Frontends.Tests.Imap;
using MailGrains.Grains.Contracts.Directory;
using Xunit;

namespace MailGrains.Frontends.Tests.Authentication;

/// <summary>Logins as strangers and attackers try them over IMAP; each test comes from client addresses of its own.</summary>
public sealed class LoginTests(ImapStack stack)
{
    private const string Refused = "NO [AUTHENTICATIONFAILED] Invalid user name or password";

    private static int _networks;

    [Fact]
    public async Task A_thousand_guesses_over_fifty_connections_get_five_answers()
    {
        using var server = stack.NewServer();
        var (user, other) = (await stack.NewUserAsync(), await stack.NewUserAsync());
        var answers = new ConcurrentDictionary<string, int>();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async connection =>
        {
            for (var guess = 0; guess < 20;)
            {
                await using var client = await ConnectAsync(server, NewPlace());
                for (var i = 0; i < 4 && guess < 20; i++, guess++)
                {
                    var reply = (await client.RunAsync($"LOGIN {user.Login} guess-{connection}-{guess}"))[^1];
                    answers.AddOrUpdate(reply.Split(' ', 2)[1], 1, (_, n) => n + 1);
                }
            }
        }));
        Assert.Equal(1000, answers.Values.Sum());

        // One more each second that passes by; five, were there no clock.
        Assert.InRange(answers[Refused], 5, 15);
        Assert.Equal(1000, answers[Refused] + answers["NO [UNAVAILABLE] Too many failed logins; please wait"]);
        await using var good = await ConnectAsync(server, NewPlace());
        Assert.Contains(" OK ", await LoginAsync(good, other.Login, ImapStack.Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_logged_in_before_the_attack_logs_in_during_it()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        var home = NewPlace();
        await using (var first = await ConnectAsync(server, home)) await LoginAsync(first, user.Login, ImapStack.Password);
        for (var i = 0; i < 8; i++)
        {
            await using var attacker = await ConnectAsync(server, NewPlace());
            await LoginAsync(attacker, user.Login, "guess");
        }

        await using var again = await ConnectAsync(server, home);
        Assert.Contains(" OK ", await LoginAsync(again, user.Login, ImapStack.Password), StringComparison.Ordinal);
        await using var scram = await ConnectAsync(server, home);
        Assert.Contains(" OK ", (await ScramAsync(scram, user.Login, ImapStack.Password))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_logins_at_once_all_get_in()
    {
        using var server = stack.NewServer();
        var users = new List<TestUser>();
        for (var i = 0; i < 20; i++) users.Add(await stack.NewUserAsync());
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            await using var client = await ConnectAsync(server, NewPlace());
            Assert.Contains(" OK ", await LoginAsync(client, users[i % 20].Login, ImapStack.Password), StringComparison.Ordinal);
        }));
    }

    [Fact]
    public async Task Refusals_look_alike_whatever_their_reason()
    {
        using var server = stack.NewServer();
        var (user, disabled) = (await stack.NewUserAsync(), await stack.NewUserAsync());
        await stack.Grains.GetGrain<IAccountGrain>(disabled.Account.Value).SetDisabledAsync(true);
        foreach (var (name, password) in new[]
        {
            (user.Login, "wrong"), ("nobody@example.com", "wrong"), (disabled.Login, ImapStack.Password), (user.Login.Replace("@", "+x@"), ImapStack.Password),
            (user.Login + "..", ImapStack.Password), (user.Login, new string('x', 4000)), ("' OR 1=1--", "wrong"), ("*)(uid=*", "wrong"),
        })
        {
            await using var client = await ConnectAsync(server, NewPlace());
            Assert.Equal("t1 " + Refused, await LoginAsync(client, name, password));
            Assert.Equal("t2 " + Refused, (await ScramAsync(client, name, password))[^1]);
        }
    }

    [Theory]
    [InlineData("\0{0}\0{1}\0")]
    [InlineData("\0{0}\0\0{1}")]
    [InlineData("\0{0}\0")]
    [InlineData("\0\0{1}")]
    [InlineData("{0}\0{1}")]
    [InlineData("root@example.org\0{0}\0{1}")]
    [InlineData("")]
    public async Task A_PLAIN_message_that_is_none_is_refused_like_a_wrong_password(string format)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ConnectAsync(server, NewPlace());
        var message = string.Format(CultureInfo.InvariantCulture, format, user.Login, ImapStack.Password);
        var initial = message.Length == 0 ? "=" : Convert.ToBase64String(Encoding.UTF8.GetBytes(message));
        Assert.Equal("t1 " + Refused, (await client.RunAsync("AUTHENTICATE PLAIN " + initial))[^1]);
        Assert.Contains(" OK ", await LoginAsync(client, user.Login, ImapStack.Password), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0{0}\0{1}")]
    [InlineData("{0}\0{0}\0{1}")]
    public async Task A_PLAIN_message_lets_in(string format)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ConnectAsync(server, NewPlace());
        var message = Encoding.UTF8.GetBytes(string.Format(CultureInfo.InvariantCulture, format, user.Login, ImapStack.Password));
        Assert.Contains(" OK ", (await client.RunAsync("AUTHENTICATE PLAIN " + Convert.ToBase64String(message)))[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!!!!")]
    [InlineData("====")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("Yz1iaXdzLHI9eCxwPUFBQUE=")]
    public async Task A_SCRAM_exchange_that_goes_wrong_half_way_leaves_the_connection_in_order(string answer)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ConnectAsync(server, NewPlace());
        await client.SendAsync($"a AUTHENTICATE SCRAM-SHA-256 {Base64($"n,,n={user.Login},r=abcdefghijkl")}\r\n");
        Assert.StartsWith("+ ", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Matches("^a (BAD|NO)", (await client.RawAsync(answer + "\r\n", "a"))[^1]);
        Assert.Contains(" OK ", await LoginAsync(client, user.Login, ImapStack.Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channel_binding_is_neither_offered_nor_taken()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ConnectAsync(server, NewPlace());
        Assert.DoesNotContain("PLUS", string.Concat(await client.RunAsync("CAPABILITY")), StringComparison.Ordinal);
        var first = Base64($"p=tls-exporter,,n={user.Login},r=abcdefghijkl");
        Assert.Equal("t2 " + Refused, (await client.RunAsync("AUTHENTICATE SCRAM-SHA-256 " + first))[^1]);
        Assert.Contains(" OK ", (await ScramAsync(client, user.Login, ImapStack.Password))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_of_every_mechanism_add_up_to_the_end_of_the_connection()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ConnectAsync(server, NewPlace());
        await LoginAsync(client, user.Login, "wrong");
        await client.RunAsync("AUTHENTICATE PLAIN " + Base64($"\0{user.Login}\0wrong"));
        await client.RunAsync("AUTHENTICATE SCRAM-SHA-256 " + Base64("nonsense"));
        var last = await ScramAsync(client, user.Login, "wrong");
        Assert.Contains(last, l => l.StartsWith("* BYE", StringComparison.Ordinal));
        Assert.Null(await client.ReadLineAsync());
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string NewPlace()
    {
        var number = Interlocked.Increment(ref _networks);
        return $"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}:40000";
    }

    private static async Task<ImapClient> ConnectAsync(TestServer server, string place)
    {
        var client = new ImapClient(server.Connect(place));
        await client.ReadLineAsync();
        return client;
    }

    private static async Task<string> LoginAsync(ImapClient client, string user, string password) =>
        (await client.RunAsync($"LOGIN \"{user}\" \"{password}\""))[^1];

    /// <summary>The lines up to the verdict.</summary>
    private static async Task<List<string>> ScramAsync(ImapClient client, string user, string password)
    {
        var bare = $"n={user.Replace("=", "=3D", StringComparison.Ordinal)},r={Convert.ToBase64String(RandomNumberGenerator.GetBytes(15))}";
        await client.SendAsync($"t2 AUTHENTICATE SCRAM-SHA-256 {Base64("n,," + bare)}\r\n");
        var challenge = Encoding.UTF8.GetString(Convert.FromBase64String((await client.ReadLineAsync())![2..]));
        var fields = challenge.Split(',');
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password), Convert.FromBase64String(fields[1][2..]), int.Parse(fields[2][2..], CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, 32);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var proof = HMACSHA256.HashData(SHA256.HashData(clientKey), Encoding.UTF8.GetBytes($"{bare},{challenge},c=biws,{fields[0]}"));
        for (var i = 0; i < proof.Length; i++) proof[i] ^= clientKey[i];
        var lines = new List<string>();
        await client.SendAsync(Base64($"c=biws,{fields[0]},p={Convert.ToBase64String(proof)}") + "\r\n");
        while (await client.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("t2 ", StringComparison.Ordinal)) break;
            if (line.StartsWith('+')) await client.SendAsync("\r\n");
        }

        return lines;
    }
}
