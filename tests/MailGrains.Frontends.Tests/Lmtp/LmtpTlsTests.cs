using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Lmtp;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.TestKit.Transcripts;
using Xunit;

namespace MailGrains.Frontends.Tests.Lmtp;

public sealed class LmtpTlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailgrains-lmtp-tls");
    private readonly FakeMailboxes _mailboxes = new();
    private readonly TestServer _server;

    public LmtpTlsTests()
    {
        _server = new TestServer(
            LmtpTranscriptTests.Protocol(_mailboxes),
            LmtpProtocol.ListenerDefaults with { Tls = TlsMode.StartTls },
            certificate: CertificateFile.SelfSigned(_folder.FullName, TimeProvider.System));
    }

    [Fact]
    public async Task After_STARTTLS_the_client_begins_anew_and_Received_tells_of_TLS()
    {
        var transcript = Transcript.Parse(
            "starttls",
            """
            S: 220 {{.*}}
            C: STARTTLS
            S: 503 5.5.1 Say LHLO first
            C: LHLO relay.example.net
            S: 250-mx.example.org
            S: 250-PIPELINING
            S: 250-SIZE 100000
            S: 250-8BITMIME
            S: 250-SMTPUTF8
            S: 250-CHUNKING
            S: 250-ENHANCEDSTATUSCODES
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 2.0.0 Ready to start TLS
            C-TLS
            C: MAIL FROM:<a@b>
            S: 503 5.5.1 Say LHLO first
            C: LHLO relay.example.net
            S: 250-mx.example.org
            S: 250-PIPELINING
            S: 250-SIZE 100000
            S: 250-8BITMIME
            S: 250-SMTPUTF8
            S: 250-CHUNKING
            S: 250 ENHANCEDSTATUSCODES
            C: STARTTLS
            S: 502 5.5.1 STARTTLS is not offered
            C-RAW: MAIL FROM:<a@b>\r\nRCPT TO:<bob@example.org>\r\nBDAT 3 LAST\r\nx\r\n
            S: 250 2.1.0 Sender OK
            S: 250 2.1.5 Recipient OK
            S: 250 2.1.5 <bob@example.org> delivered{{.*}}
            C: QUIT
            S: 221 2.0.0 Bye
            S-CLOSE
            """);
        await new TranscriptRunner(_server.ConnectAsync).RunAsync(transcript, TestContext.Current.CancellationToken);

        var stored = Assert.Single(_mailboxes.Stored);
        Assert.Contains("(using TLSv1.3 with cipher TLS_", stored.Prefix, StringComparison.Ordinal);
        Assert.Contains(" with LMTPS id ", stored.Prefix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_slipped_in_behind_STARTTLS_is_never_carried_out()
    {
        var transcript = Transcript.Parse(
            "injection",
            """
            S: 220 {{.*}}
            C: LHLO relay.example.net
            S: 250-mx.example.org
            S: 250-PIPELINING
            S: 250-SIZE 100000
            S: 250-8BITMIME
            S: 250-SMTPUTF8
            S: 250-CHUNKING
            S: 250-ENHANCEDSTATUSCODES
            S: 250 STARTTLS
            C-RAW: STARTTLS\r\nLHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@example.org>\r\nBDAT 3 LAST\r\nx\r\n
            S-CLOSE
            """);
        await new TranscriptRunner(_server.ConnectAsync).RunAsync(transcript, TestContext.Current.CancellationToken);
        await _server.SessionsEndedAsync();
        Assert.Empty(_mailboxes.Stored);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }
}
