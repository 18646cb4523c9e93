using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.TestKit.Transcripts;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>What strangers send.</summary>
public sealed class BadInputBeforeLoginTests(ImapStack stack)
{
    [Theory]
    [InlineData("a LOGIN {400000000}\r\n")]
    [InlineData("a LOGIN {2147483648}\r\n")]
    [InlineData("a LOGIN {4294967296}\r\n")]
    [InlineData("a LOGIN {-1}\r\n")]
    [InlineData("a LOGIN {}\r\n")]
    [InlineData("a LOGIN { 5}\r\n")]
    [InlineData("a LOGIN {5\r\n")]
    [InlineData("a LOGIN {9999999999}\r\n")]
    [InlineData("a LOGIN \"u\r\nb NOOP\"\r\n")]
    [InlineData("a LOGIN x\n\r\n")]
    [InlineData("a LOGIN x\r x\r\n")]
    [InlineData("a NOOP\0\r\n")]
    public async Task A_malformed_literal_or_line_is_refused_and_asks_for_nothing(string line)
    {
        using var server = stack.NewServer();
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var reply = await client.RawAsync(line, "a");
        Assert.Matches("^a (BAD|NO)", reply[^1]);
        Assert.DoesNotContain(reply, l => l.StartsWith('+'));
        Assert.DoesNotContain(reply, l => l.StartsWith("b OK", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a LOGIN {5000000+}\r\nb LOGOUT\r\n")]
    [InlineData("a LOGIN {4097+}\r\nb LOGOUT\r\n")]
    public async Task What_follows_a_literal_that_is_too_big_never_runs(string text)
    {
        using var server = stack.NewServer();
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var lines = await client.RawAsync(text, "b");
        Assert.Contains(lines, l => l.StartsWith("a NO [TOOBIG]", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("* BYE [TOOBIG]", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.StartsWith("b ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_small_literals_add_up()
    {
        using var server = stack.NewServer();
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var lines = await client.RawAsync("a LOGIN" + string.Concat(Enumerable.Repeat(" {1000+}\r\n" + new string('x', 1000), 100)) + "\r\n", "z");
        Assert.Contains(lines, l => l.StartsWith("* BYE [TOOBIG]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("(", 1_000_000)]
    [InlineData("()", 500_000)]
    [InlineData("(()", 300_000)]
    [InlineData("a", 200_000)]
    [InlineData("\"", 200_000)]
    public async Task A_line_without_end_is_cut_off(string piece, int count)
    {
        using var server = stack.NewServer();
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var lines = await client.RawAsync("a LIST " + string.Concat(Enumerable.Repeat(piece, count)), "z");
        Assert.Contains(lines, l => l.StartsWith("* BYE [TOOBIG]", StringComparison.Ordinal));
        await server.SessionsEndedAsync();
    }

    [Theory]
    [InlineData("+")]
    [InlineData("*")]
    [InlineData("a{1}")]
    [InlineData("%")]
    [InlineData("")]
    [InlineData("\u00e4")]
    public async Task A_tag_that_is_none_is_never_echoed(string tag)
    {
        using var server = stack.NewServer();
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var lines = await client.RawAsync($"{tag} NOOP\r\nz NOOP\r\n", "z");
        Assert.StartsWith("* BAD", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("z OK", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_SASL_exchanges_leave_other_logins_alone()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        for (var i = 0; i < 1_000; i++)
        {
            await using var client = new ImapClient(server.Connect());
            await client.SendAsync("a AUTHENTICATE SCRAM-SHA-256 biwsbj11c2VyLHI9YWJjZGVmZ2g=\r\n");
        }

        await using var good = await ImapClient.LoginAsync(server, user);
        Assert.StartsWith("t2 OK", (await good.RunAsync("NOOP"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_initial_response_is_refused()
    {
        using var server = stack.NewServer();
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var lines = await client.RawAsync("a AUTHENTICATE PLAIN " + new string('A', 1_000_000) + "\r\n", "z");
        Assert.Matches("^a (BAD|NO) \\[TOOBIG\\]", lines[0]);
        Assert.StartsWith("* BYE [TOOBIG]", lines[1], StringComparison.Ordinal);
        await using var other = await ImapClient.LoginAsync(server, await stack.NewUserAsync());
        Assert.Contains(" OK ", (await other.RunAsync("NOOP"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_in_clear_is_refused_where_that_is_not_allowed()
    {
        using var server = stack.NewServer(new ImapOptions { AllowPlaintextAuth = false });
        await using var client = new ImapClient(server.Connect());
        Assert.Contains("LOGINDISABLED", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("t1 NO [PRIVACYREQUIRED]", (await client.RunAsync("LOGIN a b"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("t2 NO [PRIVACYREQUIRED]", (await client.RunAsync("AUTHENTICATE PLAIN AGEAYgBj"))[^1], StringComparison.Ordinal);
        Assert.Contains("LOGINDISABLED", (await client.RunAsync("CAPABILITY"))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("POST / HTTP/1.1\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001")]
    public async Task Another_protocol_is_cut_off(string opening)
    {
        using var server = stack.NewServer();
        await using var client = new ImapClient(server.Connect());
        await client.SendAsync(opening);
        while (await client.ReadLineAsync() is { } line) Assert.StartsWith("* OK", line, StringComparison.Ordinal);
        await server.SessionsEndedAsync();
    }

    [Fact]
    public async Task The_fourth_failed_login_ends_the_connection_and_unknown_users_look_like_wrong_passwords()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var known = (await client.RunAsync($"LOGIN {user.Login} wrong"))[^1];
        var unknown = (await client.RunAsync("LOGIN nobody@example.net wrong"))[^1];
        Assert.Equal(known[3..], unknown[3..]);
        await client.RunAsync("LOGIN nobody@example.net wrong");
        var last = await client.RunAsync("LOGIN nobody@example.net wrong");
        Assert.Contains(last, l => l.StartsWith("* BYE", StringComparison.Ordinal));
        Assert.Null(await client.ReadLineAsync());
    }

    [Theory]
    [InlineData("' OR 1=1--")]
    [InlineData("*)(uid=*")]
    [InlineData("user@example.org\u0000")]
    public async Task Strange_user_names_fail_as_any_other(string user)
    {
        using var server = stack.NewServer();
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var message = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0{user}\0secret"));
        Assert.StartsWith("t1 NO [AUTHENTICATIONFAILED]", (await client.RunAsync($"AUTHENTICATE PLAIN {message}"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_in_another_case_is_the_same_account()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        var reply = await client.RunAsync($"LOGIN {user.Login.ToUpperInvariant()}. \"{ImapStack.Password}\"");
        Assert.Contains(" OK ", reply[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_sent_along_with_STARTTLS_never_run()
    {
        using var folder = new TestKit.TemporaryFolder();
        var certificate = CertificateFile.SelfSigned(folder.Path, TimeProvider.System);
        using var server = new TestServer(stack.NewProtocol(), new LineListenerOptions { Tls = TlsMode.StartTls }, certificate: certificate);
        await using var client = new ImapClient(server.Connect());
        Assert.Contains("STARTTLS", await client.ReadLineAsync(), StringComparison.Ordinal);
        await client.SendAsync("a STARTTLS\r\nb NOOP\r\n");
        while (await client.ReadLineAsync() is { } line) Assert.False(line.StartsWith("b ", StringComparison.Ordinal), line);
        await server.SessionsEndedAsync();
    }

    [Fact]
    public async Task Capabilities_are_others_after_STARTTLS_which_comes_once_and_before_login()
    {
        using var folder = new TestKit.TemporaryFolder();
        var certificate = CertificateFile.SelfSigned(folder.Path, TimeProvider.System);
        using var server = new TestServer(stack.NewProtocol(new ImapOptions()), new LineListenerOptions { Tls = TlsMode.StartTls }, certificate: certificate);
        var user = await stack.NewUserAsync();
        var transcript = Transcript.Parse(
            "starttls",
            $$$"""
            S: * OK [CAPABILITY {{.*}}STARTTLS{{.*}}LOGINDISABLED{{.*}}
            C: a STARTTLS
            S: a OK {{.*}}
            C-TLS
            C: b CAPABILITY
            S: * CAPABILITY {{(?!.*(STARTTLS|LOGINDISABLED)).*}}AUTH=PLAIN{{.*}}
            S: b OK {{.*}}
            C: c STARTTLS
            S: c BAD {{.*}}
            C: d LOGIN {{{user.Login}}} "{{{ImapStack.Password}}}"
            S: d OK [CAPABILITY {{(?!.*(STARTTLS|LOGINDISABLED|AUTH=)).*}}
            C: e STARTTLS
            S: e BAD {{.*}}
            """);
        await new TranscriptRunner(server.ConnectAsync).RunAsync(transcript, TestContext.Current.CancellationToken);
    }
}
