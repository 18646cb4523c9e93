using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>HTTP behind a proxy that is trusted with the addresses of its clients.</summary>
public sealed class HttpProxyTests
{
    private const string User = "ada@example.org";
    private const string TrustedPeer = "127.0.2.1";
    private const string UntrustedPeer = "127.0.0.1";
    private const string Guesser = "192.0.2.7";
    private const int MostGuesses = 50;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_who_guesses_through_the_proxy_slows_nobody_else_who_comes_through_it()
    {
        var https = FreePorts.Take();
        await using var server = await StartAsync($"--Https:Listen=127.0.0.1:{https}");
        await AssertSlowedAloneAsync($"http://127.0.0.1:{server.Ports.Http}", Guesser, "192.0.2.8");
        await AssertSlowedAloneAsync($"https://127.0.0.1:{https}", "2001:db8:7::1", "2001:db8:8::1");

        async Task AssertSlowedAloneAsync(string url, string guesser, string other)
        {
            // Nobody has proved this password yet: who has is not held up.
            var user = $"ada@{new Uri(url).Scheme}.example.org";
            await server.Cli.AddAccountAsync(user, SharedServer.Password);
            var guess = HttpStatusCode.Unauthorized;
            for (var n = 0; n < MostGuesses && guess == HttpStatusCode.Unauthorized; n++)
                guess = await AskAsync(url, guesser, $"nobody{n}@{new Uri(url).Scheme}.example.org", "wrong");
            Assert.Equal(HttpStatusCode.TooManyRequests, guess);
            Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(url, guesser, user, SharedServer.Password));
            Assert.Equal(HttpStatusCode.OK, await AskAsync(url, other, user, SharedServer.Password));
        }
    }

    [Fact]
    public async Task Events_name_the_client_and_not_the_proxy()
    {
        await using var server = await StartAsync();
        using var admin = ComeFrom(TrustedPeer, HeaderOf(Guesser));
        admin.BaseAddress = new Uri($"http://127.0.0.1:{server.Ports.Http}");
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        using var added = await admin.PostAsJsonAsync("/api/accounts", new { address = User, password = SharedServer.Password }, Cancellation);
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync(Cancellation));

        var events = new StringBuilder();
        var partitions = await admin.GetFromJsonAsync<object[]>("/api/events", Cancellation);
        for (var partition = 0; partition < partitions!.Length; partition++)
            events.Append(await admin.GetStringAsync($"/api/events/{partition}", Cancellation));
        Assert.Contains($"\"{Guesser}\"", events.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{TrustedPeer}\"", events.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_header_a_trusted_peer_is_cut_off_and_with_one_any_other_is_refused()
    {
        await using var server = await StartAsync();
        var ready = new Uri($"http://127.0.0.1:{server.Ports.Http}/health/ready");
        using (var silent = ComeFrom(TrustedPeer, "")) await Assert.ThrowsAsync<HttpRequestException>(() => silent.GetAsync(ready, Cancellation));
        using (var liar = ComeFrom(UntrustedPeer, HeaderOf(Guesser)))
        using (var refused = await liar.GetAsync(ready, Cancellation)) Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var local = ComeFrom(UntrustedPeer, "");
        Assert.Equal("ready\n", await local.GetStringAsync(ready, Cancellation));
    }

    private static Task<ServerProcess> StartAsync(params string[] settings) =>
        ServerProcess.StartWithArchiveAsync(["--Proxy:TrustedNetworks=127.0.2.0/24", .. settings]);

    private static async Task<HttpStatusCode> AskAsync(string url, string client, string user, string password)
    {
        using var http = ComeFrom(TrustedPeer, HeaderOf(client));
        http.DefaultRequestHeaders.Authorization = BasicLogin.Of(user, password);
        using var response = await http.GetAsync(new Uri(url + "/api/me/deleted"), Cancellation);
        return response.StatusCode;
    }

    private static string HeaderOf(string client) => client.Contains(':', StringComparison.Ordinal)
        ? $"PROXY TCP6 {client} 2001:db8::1 4711 8443\r\n"
        : $"PROXY TCP4 {client} 198.51.100.1 4711 8080\r\n";

    /// <summary>Connects from an address of this machine and says the header before anything else.</summary>
    private static HttpClient ComeFrom(string peer, string header)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(peer), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                await socket.SendAsync(Encoding.ASCII.GetBytes(header), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        return new HttpClient(handler);
    }
}
