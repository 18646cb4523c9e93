using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Startup;

/// <summary>What a client may say in the handshake that it wants to speak (ALPN, RFC 7301).</summary>
public sealed class ApplicationProtocolTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("imap")]
    public async Task IMAPS_serves_clients_that_want_IMAP_or_do_not_say(string? wanted) =>
        Assert.StartsWith("* OK", await GreetingAsync(wanted));

    [Theory]
    [InlineData("h2")]
    [InlineData("http/1.1")]
    [InlineData("pop3")]
    public async Task IMAPS_refuses_clients_that_want_another_protocol_in_the_handshake(string wanted)
    {
        // The alert, or the end of the connection where that is faster.
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => GreetingAsync(wanted));
        Assert.True(refusal is AuthenticationException or IOException, refusal.ToString());
    }

    private async Task<string> GreetingAsync(string? wanted)
    {
        var server = await shared.GetAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Ports.Imaps, Cancellation);
        await using var tls = new SslStream(client.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = wanted is null ? null : [new SslApplicationProtocol(wanted)],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        };
        await tls.AuthenticateAsClientAsync(options, Cancellation);
        using var reader = new StreamReader(tls, Encoding.ASCII);
        return await reader.ReadLineAsync(Cancellation) ?? "";
    }
}
