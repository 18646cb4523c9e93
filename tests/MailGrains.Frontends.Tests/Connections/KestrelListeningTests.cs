using System.Net;
using System.Net.Security;
using MailGrains.Frontends.Connections;
using Xunit;

namespace MailGrains.Frontends.Tests.Connections;

public sealed class KestrelListeningTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailgrains-kestrel");

    [Fact]
    public async Task The_PROXY_header_comes_before_implicit_TLS()
    {
        var options = new LineListenerOptions { Tls = TlsMode.Implicit, TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] };
        var certificate = CertificateFile.SelfSigned(_folder.FullName, TimeProvider.System);
        await using var server = await KestrelServer.StartAsync(new EchoProtocol(), options, certificate);

        var stream = await server.ConnectAsync(TestContext.Current.CancellationToken);
        await stream.WriteAsync("PROXY TCP4 192.0.2.99 198.51.100.1 4711 993\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        await tls.AuthenticateAsClientAsync("localhost");
        await using var client = new LineClient(tls);
        await client.ExpectAsync("hello");
        await client.SayAsync("INFO", "192.0.2.99:4711 198.51.100.1:993 TLSv1.3");
    }

    [Fact]
    public async Task Hundreds_of_silent_connections_do_not_keep_a_client_waiting()
    {
        await using var server = await KestrelServer.StartAsync(new EchoProtocol());
        var silent = new List<Stream>();
        for (var i = 0; i < 500; i++)
            silent.Add(await server.ConnectAsync(TestContext.Current.CancellationToken));

        var asked = TimeProvider.System.GetTimestamp();
        await using var client = new LineClient(await server.ConnectAsync(TestContext.Current.CancellationToken));
        await client.ExpectAsync("hello");
        await client.SayAsync("LOGIN", "welcome");
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        foreach (var stream in silent)
            await stream.DisposeAsync();
    }

    [Fact]
    public async Task A_live_Unix_socket_is_not_taken_over()
    {
        var listen = $"unix:{Path.Combine(_folder.FullName, "echo")}";
        await using var first = await KestrelServer.StartAsync(new EchoProtocol(), listen: listen);
        await Assert.ThrowsAnyAsync<IOException>(() => KestrelServer.StartAsync(new EchoProtocol(), listen: listen));

        await using var client = new LineClient(await first.ConnectAsync(TestContext.Current.CancellationToken));
        await client.ExpectAsync("hello");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
