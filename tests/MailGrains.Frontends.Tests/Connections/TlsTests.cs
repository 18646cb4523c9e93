using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailGrains.Frontends.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MailGrains.Frontends.Tests.Connections;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailgrains-tls");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private CertificateFile SelfSigned => CertificateFile.SelfSigned(_folder.FullName, _time);

    [Fact]
    public async Task STARTTLS_upgrades_the_running_connection()
    {
        using var server = new TestServer(new EchoProtocol(), new LineListenerOptions { Tls = TlsMode.StartTls }, certificate: SelfSigned);
        var stream = server.Connect();
        await using var plain = new LineClient(stream);
        await plain.ExpectAsync("hello");
        await plain.SayAsync("INFO", "192.0.2.7:4711 192.0.2.1:24 plain");
        await plain.SayAsync("STARTTLS", "go ahead");

        await using var tls = new LineClient(await HandshakeAsync(stream));
        await tls.SayAsync("INFO", "192.0.2.7:4711 192.0.2.1:24 TLSv1.3");
        await tls.SayAsync(new string('x', 100_000), new string('x', 100_000));
        await tls.SendAsync("QUIT\r\n");
        await tls.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_TLS_session_can_be_woken_too()
    {
        var protocol = new EchoProtocol();
        using var server = new TestServer(protocol, new LineListenerOptions { Tls = TlsMode.Implicit }, certificate: SelfSigned);
        await using var client = new LineClient(await HandshakeAsync(server.Connect()));
        await client.ExpectAsync("hello");
        var connection = await protocol.Connected;
        for (var i = 0; i < 5; i++)
        {
            connection.Wake();
            await client.ExpectAsync("woken");
            await client.SayAsync("x", "x");
        }
    }

    [Fact]
    public async Task Draining_reaches_TLS_sessions()
    {
        using var server = new TestServer(new EchoProtocol(), new LineListenerOptions { Tls = TlsMode.Implicit }, certificate: SelfSigned);
        await using var client = new LineClient(await HandshakeAsync(server.Connect()));
        await client.ExpectAsync("hello");
        server.Drain();
        await client.ExpectAsync("bye Draining");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Commands_slipped_in_behind_STARTTLS_never_run_wherever_the_segments_are_cut()
    {
        const string attack = "STARTTLS\r\nINFO\r\nINFO\r\n";
        for (var cut = 1; cut <= attack.Length; cut++)
        {
            using var server = new TestServer(new EchoProtocol(), new LineListenerOptions { Tls = TlsMode.StartTls }, certificate: SelfSigned);
            await using var client = new LineClient(server.Connect());
            await client.ExpectAsync("hello");
            await client.SendAsync(attack[..cut]);
            await client.SendUnlessClosedAsync(attack[cut..]);

            // Cut right behind the line the server cannot know more is coming; then it says so and the handshake fails.
            var line = await client.ReadLineOrClosedAsync();
            if (line is not null)
                Assert.Equal("go ahead", line);
            Assert.True(line is null || await client.NothingButAlertAsync());
            await server.SessionsEndedAsync();
        }
    }

    [Fact]
    public async Task Implicit_TLS_answers_its_own_application_protocol_only()
    {
        var options = new LineListenerOptions { Tls = TlsMode.Implicit, ApplicationProtocols = [new SslApplicationProtocol("imap")] };
        using var server = new TestServer(new EchoProtocol(), options, certificate: SelfSigned);
        await using (var client = new LineClient(await HandshakeAsync(server.Connect(), "imap")))
            await client.ExpectAsync("hello");
        await using (var client = new LineClient(await HandshakeAsync(server.Connect())))
            await client.ExpectAsync("hello");
        await Assert.ThrowsAnyAsync<Exception>(() => HandshakeAsync(server.Connect(), "http/1.1"));
    }

    [Fact]
    public async Task Plain_text_at_a_TLS_port_is_cut_off_and_logged()
    {
        using var server = new TestServer(new EchoProtocol(), new LineListenerOptions { Tls = TlsMode.Implicit }, certificate: SelfSigned);
        await using var client = new LineClient(server.Connect());
        await client.SendAsync("a1 NOOP\r\n");
        await client.ReadLineOrClosedAsync();
        await server.SessionsEndedAsync();
        Assert.Contains(server.Logs.Lines, line => line.EndsWith("reason=TLS handshake failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_first_start_makes_a_certificate_and_later_ones_keep_it()
    {
        using var first = Load(SelfSigned);
        using var second = Load(SelfSigned);

        Assert.Equal(first.Current.Thumbprint, second.Current.Thumbprint);
        Assert.True(first.Current.MatchesHostname("localhost"));
        Assert.True(first.Current.MatchesHostname("127.0.0.1"));
        Assert.True(first.Current.MatchesHostname("::1"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.FullName, "certificate.key")));
    }

    [Fact]
    public void A_changed_file_is_loaded_again_and_a_broken_one_is_not()
    {
        using var certificates = Load(SelfSigned);
        var old = certificates.Current.Thumbprint;
        var path = Path.Combine(_folder.FullName, "certificate.pem");
        var key = Path.Combine(_folder.FullName, "certificate.key");

        File.WriteAllText(path, "no certificate");
        File.SetLastWriteTimeUtc(path, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(old, certificates.Current.Thumbprint);

        File.Delete(key);
        SelfSignedCertificate.Create(path, key, _time);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.NotEqual(old, certificates.Current.Thumbprint);
    }

    [Fact]
    public void Reads_PFX_files_and_says_what_is_wrong_with_others()
    {
        using var own = Load(SelfSigned);
        var pfx = Path.Combine(_folder.FullName, "own.pfx");
        using (var withKey = X509Certificate2.CreateFromPemFile(Path.Combine(_folder.FullName, "certificate.pem"), Path.Combine(_folder.FullName, "certificate.key")))
            File.WriteAllBytes(pfx, withKey.Export(X509ContentType.Pfx, "secret"));
        using var loaded = Load(CertificateFile.At(pfx, password: "secret"));
        Assert.Equal(own.Current.Thumbprint, loaded.Current.Thumbprint);

        foreach (var file in new[] { CertificateFile.At(pfx, password: "wrong"), CertificateFile.At(Path.Combine(_folder.FullName, "none.pem")) })
            Assert.Contains("TLS certificate '", Assert.Throws<FormatException>(() => Load(file)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<Stream> HandshakeAsync(Stream stream, string? protocol = null)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            ApplicationProtocols = protocol is null ? null : [new SslApplicationProtocol(protocol)],
        }).WaitAsync(TimeSpan.FromSeconds(20));
        return tls;
    }

    private ServerCertificates Load(CertificateFile file) => new(file, _time, NullLogger<ServerCertificates>.Instance);
}
