using System.Net;
using System.Net.Sockets;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.Startup;

public sealed class StartupTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--Imap:Lisen=127.0.0.1:1143", "Imap:Lisen")]
    [InlineData("--Imap:Listen=nowhere", "Imap:Listen")]
    [InlineData("--Limits:MessageSize=many", "Limits:MessageSize")]
    [InlineData("--Storage:Provider=clay", "Storage:Provider")]
    [InlineData("--Storage:Provider=postgresql", "Storage:ConnectionString")]
    [InlineData("--Storage:Provider=sqlserver", "Storage:ConnectionString")]
    [InlineData("--Tls:Certificate=/does/not/exist.pem", "/does/not/exist.pem")]
    [InlineData("--Cluster:Certificate=/does/not/exist.pem", "Cluster:Authority")]
    [InlineData("--Audit:MessageAccess=maybe", "Audit:MessageAccess")]
    [InlineData("--Subscribers:audit:Kind=clay", "Subscribers:audit:Kind")]
    [InlineData("--EventLog:KeepFor=soon", "EventLog:KeepFor")]
    [InlineData("--EventLog:KeepFor=40000.00:00:00", "36500 days")]
    [InlineData("--EventLog:RemoveEvery=60.00:00:00", "EventLog:RemoveEvery")]
    [InlineData("--Evidence:CheckpointEvery=60.00:00:00", "30 days")]
    [InlineData("--Storage:StartTimeout=10675199.00:00:00", "Storage:StartTimeout")]
    [InlineData("--Packs:CollectAfter=1000000.00:00:00", "Packs:CollectAfter")]
    [InlineData("--Archive:UserUndelete=1000000.00:00:00", "Archive:UserUndelete")]
    [InlineData("--Archive:Rules:all:KeepFor=100000y", "100000y")]
    [InlineData("--Cluster:StopDelay=00:10:00", "Cluster:StopDelay")]
    [InlineData("--Subscribers:audit:Path=/tmp", "Subscribers:audit:Kind")]
    [InlineData("--Subscribers:a/b:Kind=jsonl", "a/b")]
    [InlineData("nonsense", "nonsense")]
    public async Task A_wrong_setting_is_one_line_that_names_it(string argument, string named)
    {
        using var folder = new TemporaryFolder();
        var arguments = ServerProcess.Arguments(folder.Path, ServerPorts.Take(), Path.Combine(folder.Path, "s"));
        var others = arguments.Where(a => !a.StartsWith(argument.Split('=')[0], StringComparison.Ordinal));
        AssertRefused(await ServerProcess.RunToEndAsync([.. others, argument]), named);
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("sqlserver")]
    public async Task A_mistake_in_the_connection_string_is_one_line_that_names_it(string provider)
    {
        using var folder = new TemporaryFolder();
        var arguments = ServerProcess.Arguments(folder.Path, ServerPorts.Take(), Path.Combine(folder.Path, "s"));
        AssertRefused(
            await ServerProcess.RunToEndAsync([.. arguments, $"--Storage:Provider={provider}", "--Storage:ConnectionString=Sever=db;Database=mail"]), "sever");
    }

    [Fact]
    public async Task A_wrong_setting_in_the_environment_is_one_line_that_names_it()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(await ServerProcess.RunToEndAsync([$"--Data:Path={folder.Path}"], ("MAILGRAINS_Imap__Lisen", "127.0.0.1:1143")), "Imap:Lisen");
    }

    [Theory]
    [InlineData("Imap")]
    [InlineData("Imaps")]
    [InlineData("Lmtp")]
    [InlineData("Http")]
    public async Task A_busy_port_is_one_line_that_names_it(string listener)
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var arguments = ServerProcess.Arguments(folder.Path, ServerPorts.Take(), Path.Combine(folder.Path, "s"))
            .Where(a => !a.StartsWith($"--{listener}:", StringComparison.Ordinal));
        AssertRefused(await ServerProcess.RunToEndAsync([.. arguments, $"--{listener}:Listen=127.0.0.1:{port}"]), $"{port}");
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_is_refused_and_harms_nothing()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("second");
        var ports = ServerPorts.Take();
        AssertRefused(await ServerProcess.RunToEndAsync(ServerProcess.Arguments(server.Data, ports, Path.Combine(server.Data, "other.socket"))), server.Data);

        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        (await imap.AppendAsync("INBOX", "", "Subject: still here\r\n\r\n"u8.ToArray(), Cancellation)).Ok();
    }

    [Fact]
    public async Task Secrets_of_the_first_start_are_for_their_owner_only_and_stay()
    {
        await using var server = await ServerProcess.StartAsync();
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var name in (string[])["admin-token", "authentication-key", "certificate.key"])
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(server.Data, name)));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(server.Data) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute));

        var token = server.AdminToken;
        Assert.True(token.Length >= 32);
        Assert.Equal(0, await server.StopAsync());
        await server.StartAgainAsync();
        Assert.Equal(token, server.AdminToken);
    }

    [Fact]
    public async Task SIGTERM_says_goodbye_to_IMAP_clients_and_ends_with_0()
    {
        await using var server = await ServerProcess.StartAsync("--demo");
        using var busy = await RawImap.LoggedInAsync(server.Ports.Imap, "alice@example.org", "demo", Cancellation);
        (await busy.RunAsync("SELECT INBOX", Cancellation)).Ok();
        using var idle = await RawImap.LoggedInAsync(server.Ports.Imap, "bob@example.org", "demo", Cancellation);
        (await idle.RunAsync("SELECT INBOX", Cancellation)).Ok();
        await idle.BeginIdleAsync(Cancellation);
        using var stranger = await RawImap.ConnectAsync(server.Ports.Imap, Cancellation);

        await server.SignalStopAsync();
        foreach (var client in (RawImap[])[busy, idle, stranger])
        {
            Assert.StartsWith("* BYE", (await client.ResponseAsync(Cancellation)).Text);
            while (await NextAsync(client) is not "closed" and var rest) Assert.Contains(" OK ", rest);
        }

        Assert.Equal(0, await server.EndedAsync());
        Assert.False(File.Exists(server.LmtpSocket));
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_is_not_ready_first_and_lets_clients_in_until_the_delay_is_over()
    {
        await using var server = await ServerProcess.StartAsync("--Cluster:StopDelay=00:00:08");
        var user = "late@example.org";
        await server.Cli.AddAccountAsync(user, SharedServer.Password);
        using var before = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        await server.SignalStopAsync();
        while (await ReadinessAsync(server) == HttpStatusCode.OK)
        {
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync(server));
        using var late = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        (await before.RunAsync("SELECT INBOX", Cancellation)).Ok();
        foreach (var client in (RawImap[])[before, late]) Assert.StartsWith("* BYE", (await client.ResponseAsync(Cancellation)).Text);
        Assert.Equal(0, await server.EndedAsync());
    }

    [Fact]
    public async Task Settings_in_the_environment_are_those_of_the_arguments()
    {
        using var folder = new TemporaryFolder();
        var ports = ServerPorts.Take();
        var arguments = ServerProcess.Arguments(folder.Path, ports, Path.Combine(folder.Path, "lmtp.socket")).Select(a => a[2..].Split('=', 2));
        var start = Programs.Describe("dotnet", [Built.Silo]);
        foreach (var pair in arguments) start.Environment["MAILGRAINS_" + pair[0].Replace(":", "__", StringComparison.Ordinal)] = pair[1];
        start.Environment["MAILGRAINS_Limits__MessageSize"] = "4096";
        await using var server = await ServerProcess.StartAsAsync(folder.Path, ports, start);

        await server.Cli.AddAccountAsync("env@example.org", "env");
        using var imap = await RawImap.LoggedInAsync(ports.Imap, "env@example.org", "env", Cancellation);
        Assert.Contains("TOOBIG", (await imap.AppendAsync("INBOX", "", new byte[5000], Cancellation)).Tagged);
        using var lmtp = await RawLmtp.ConnectAsync(ports.Lmtp, Cancellation);
        Assert.StartsWith("552", await lmtp.CommandAsync("MAIL FROM:<a@example.net> SIZE=5000", Cancellation));
    }

    /// <summary>Asked as a load balancer does, by a connection of its own.</summary>
    private static async Task<HttpStatusCode> ReadinessAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{server.Ports.Http}/health/ready"), Cancellation);
        return response.StatusCode;
    }

    /// <summary>The next response, or "closed".</summary>
    private static async Task<string> NextAsync(RawImap client)
    {
        try
        {
            return (await client.ResponseAsync(Cancellation)).Text;
        }
        catch (IOException)
        {
            return "closed";
        }
    }

    private static void AssertRefused(ProgramResult result, string named)
    {
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(named, Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}
