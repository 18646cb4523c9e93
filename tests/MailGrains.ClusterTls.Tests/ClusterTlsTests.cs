using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.ClusterTls.Tests;

/// <summary>Silos and clients on real sockets: who has a certificate of the cluster's authority is in, everybody else is not.</summary>
public sealed class ClusterTlsTests : IDisposable
{
    private const int PeerRefused = 9200;
    private const int ReadAgain = 9202;
    private const int NotReadAgain = 9203;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly Authority _authority;
    private readonly CancellationTokenSource _patience = new(Patience);

    public ClusterTlsTests() => _authority = new Authority(_folder.Path, "cluster");

    [Fact]
    public async Task Two_silos_and_a_client_with_certificates_of_the_authority_work_together()
    {
        await using var first = await ClusterNode.SiloAsync(_authority.Issue("first"));
        await using var second = await ClusterNode.SiloAsync(_authority.Issue("second"), first);
        await using var client = await ClusterNode.ClientAsync(_authority.Issue("client"), first);

        var octets = new byte[200_000];
        new Random(1).NextBytes(octets);
        var silos = new HashSet<string>();
        for (var key = 0; silos.Count < 2; key++)
        {
            _patience.Token.ThrowIfCancellationRequested();
            var grain = client.Grains.GetGrain<IWhereGrain>(key);
            silos.Add(await grain.SiloAsync());
            if (key % 100 == 0) Assert.Equal(octets, await grain.EchoAsync(octets));
        }

        Assert.Empty(first.Logs.Of(PeerRefused));
        Assert.Empty(second.Logs.Of(PeerRefused));
    }

    [Fact]
    public async Task A_client_without_TLS_gets_nothing()
    {
        await using var silo = await ClusterNode.SiloAsync(_authority.Issue("silo"));
        await Assert.ThrowsAnyAsync<Exception>(() => ClusterNode.ClientAsync(null, silo));
        await silo.Logs.WaitAsync(PeerRefused, 1, _patience.Token);
    }

    [Fact]
    public async Task A_client_does_not_talk_to_a_silo_of_another_authority()
    {
        using var foreign = new Authority(_folder.Path, "foreign");
        await using var silo = await ClusterNode.SiloAsync(foreign.Issue("silo"));
        await Assert.ThrowsAnyAsync<Exception>(() => ClusterNode.ClientAsync(_authority.Issue("client"), silo));
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("silo")]
    public async Task Who_shows_no_good_certificate_is_refused_with_one_line(string port)
    {
        using var foreign = new Authority(_folder.Path, "foreign");
        await using var silo = await ClusterNode.SiloAsync(_authority.Issue("silo"));
        var endPoint = new IPEndPoint(IPAddress.Loopback, port == "silo" ? silo.SiloPort : silo.GatewayPort);
        var bad = new (ClusterTlsOptions? Shown, string Reason)[]
        {
            (null, "no certificate"),
            (foreign.Issue("stranger"), "CN=stranger"),
            (_authority.Issue("expired", fromDay: -9, toDay: -2), "NotTimeValid"),
            (_authority.Issue("early", fromDay: 2, toDay: 5), "NotTimeValid"),
        };
        foreach (var (shown, reason) in bad)
        {
            var before = silo.Logs.Of(PeerRefused).Count();
            await AssertRefusedAsync(endPoint, shown);
            var lines = await silo.Logs.WaitAsync(PeerRefused, before + 1, _patience.Token);
            Assert.Contains(reason, Assert.Single(lines.Skip(before)), StringComparison.Ordinal);
        }

        await using var good = await ClusterNode.ClientAsync(_authority.Issue("good"), silo);
        Assert.NotEmpty(await good.Grains.GetGrain<IWhereGrain>(1).SiloAsync());
    }

    [Fact]
    public async Task New_files_are_used_by_the_next_connection()
    {
        await using var silo = await ClusterNode.SiloAsync(_authority.Issue("silo"));
        await using var client = await ClusterNode.ClientAsync(_authority.Issue("client"), silo);
        var endPoint = new IPEndPoint(IPAddress.Loopback, silo.GatewayPort);
        var visitor = _authority.Issue("visitor");
        Assert.Equal("CN=silo", await SubjectAsync(endPoint, visitor));

        var files = _authority.Issue("silo", subject: "renewed");
        Assert.Equal("CN=renewed", await SubjectAsync(endPoint, visitor));
        Assert.Single(silo.Logs.Of(ReadAgain));

        // Half-written: the certificate does not fit the key.
        File.Copy(visitor.Certificate, files.Certificate, overwrite: true);
        Assert.Equal("CN=renewed", await SubjectAsync(endPoint, visitor));
        Assert.Single(silo.Logs.Of(NotReadAgain));
        File.Copy(visitor.Key, files.Key, overwrite: true);
        Assert.Equal("CN=visitor", await SubjectAsync(endPoint, visitor));

        // Whoever is connected already stays so.
        Assert.NotEmpty(await client.Grains.GetGrain<IWhereGrain>(1).SiloAsync());
    }

    [Fact]
    public async Task The_authority_is_exchanged_by_way_of_a_file_with_both()
    {
        using var next = new Authority(_folder.Path, "next");
        await using var silo = await ClusterNode.SiloAsync(_authority.Issue("silo"));
        var old = _authority.Issue("old");
        var renewed = next.Issue("renewed") with { Authority = _authority.File };
        var endPoint = new IPEndPoint(IPAddress.Loopback, silo.GatewayPort);
        await AssertRefusedAsync(endPoint, renewed);
        await silo.Logs.WaitAsync(PeerRefused, 1, _patience.Token);

        await File.AppendAllTextAsync(_authority.File, "\n" + await File.ReadAllTextAsync(next.File, _patience.Token), _patience.Token);
        await using (await ClusterNode.ClientAsync(renewed, silo))
        await using (await ClusterNode.ClientAsync(old, silo))
            Assert.Single(silo.Logs.Of(PeerRefused));

        await File.WriteAllTextAsync(_authority.File, await File.ReadAllTextAsync(next.File, _patience.Token), _patience.Token);
        await AssertRefusedAsync(endPoint, old);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_wrong_fails_the_start_and_is_named()
    {
        var options = _authority.Issue("silo");
        foreach (var broken in new[]
        {
            options with { Certificate = "/no/such.pem" }, options with { Key = options.Certificate }, options with { Authority = options.Key },
        })
        {
            var failure = await Assert.ThrowsAsync<FormatException>(() => ClusterNode.SiloAsync(broken));
            Assert.Contains(broken.Authority == options.Key ? options.Key : broken.Certificate, failure.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
        _patience.Dispose();
    }

    /// <summary>The handshake, or what follows it, ends with the server hanging up.</summary>
    private async Task AssertRefusedAsync(IPEndPoint endPoint, ClusterTlsOptions? shown)
    {
        try
        {
            await using var stream = await ConnectAsync(endPoint, shown);
            Assert.Equal(0, await stream.ReadAsync(new byte[1], _patience.Token));
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
        }
    }

    private async Task<string> SubjectAsync(IPEndPoint endPoint, ClusterTlsOptions shown)
    {
        await using var stream = await ConnectAsync(endPoint, shown);
        return stream.RemoteCertificate!.Subject;
    }

    private async Task<SslStream> ConnectAsync(IPEndPoint endPoint, ClusterTlsOptions? shown)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint, _patience.Token);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var certificate = shown is null ? null : X509Certificate2.CreateFromPemFile(shown.Certificate, shown.Key);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
                TargetHost = "",
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is { Issuer: "CN=cluster" },
            },
            _patience.Token);
        return stream;
    }
}
