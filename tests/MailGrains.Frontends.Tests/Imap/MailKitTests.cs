using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.TestKit;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MimeKit;
using Xunit;
using MailKitClient = MailKit.Net.Imap.ImapClient;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>A client that others wrote, over TCP and TLS.</summary>
public sealed class MailKitTests(ImapStack stack)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Real_mail_goes_in_and_comes_out_octet_by_octet()
    {
        await using var setup = await ConnectAsync();
        var inbox = setup.Client.Inbox!;
        await inbox.OpenAsync(FolderAccess.ReadWrite, Cancellation);
        foreach (var path in Corpus.Files)
        {
            var octets = await File.ReadAllBytesAsync(path, Cancellation);
            await AppendRawAsync(setup, octets);
        }

        await inbox.CheckAsync(Cancellation);
        Assert.Equal(Corpus.Files.Count, inbox.Count);
        for (var i = 0; i < Corpus.Files.Count; i++)
        {
            using var stream = await inbox.GetStreamAsync(i, "", Cancellation);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Cancellation);
            Assert.Equal(await File.ReadAllBytesAsync(Corpus.Files[i], Cancellation), copy.ToArray());
        }

        // The client parses every ENVELOPE and BODYSTRUCTURE; a malformed one is a protocol error.
        var summaries = await inbox.FetchAsync(0, -1, MessageSummaryItems.All | MessageSummaryItems.BodyStructure | MessageSummaryItems.UniqueId, Cancellation);
        Assert.Equal(Corpus.Files.Count, summaries.Count);
        Assert.All(summaries, s => Assert.NotNull(s.Envelope));
        Assert.All(summaries, s => Assert.NotNull(s.Body));
    }

    [Fact]
    public async Task Folders_flags_searches_and_moves_work()
    {
        await using var setup = await ConnectAsync();
        var inbox = setup.Client.Inbox!;
        await inbox.OpenAsync(FolderAccess.ReadWrite, Cancellation);
        for (var i = 0; i < 3; i++) await inbox.AppendAsync(Make($"Number {i}"), MessageFlags.None, Cancellation);

        var personal = await setup.Client.GetFolderAsync(setup.Client.PersonalNamespaces[0].Path, Cancellation);
        var target = (await personal.CreateAsync("Übung && Co", true, Cancellation))!;
        var found = await inbox.SearchAsync(SearchQuery.SubjectContains("number 1"), Cancellation);
        Assert.Single(found);
        var map = await inbox.MoveToAsync(found, target, Cancellation);
        Assert.Single(map);
        Assert.Equal(2, inbox.Count);

        await inbox.AddFlagsAsync(0, MessageFlags.Deleted, false, Cancellation);
        await inbox.ExpungeAsync(Cancellation);
        Assert.Equal(1, inbox.Count);

        await target.OpenAsync(FolderAccess.ReadOnly, Cancellation);
        Assert.Equal("Number 1", (await target.GetMessageAsync(0, Cancellation)).Subject);
        Assert.NotNull(setup.Client.GetFolder(SpecialFolder.Sent));
        await target.CloseAsync(false, Cancellation);
        await target.RenameAsync(personal, "Neu", Cancellation);
        await target.DeleteAsync(Cancellation);
    }

    [Fact]
    public async Task QRESYNC_tells_what_changed_since()
    {
        await using var setup = await ConnectAsync();
        await setup.Client.EnableQuickResyncAsync(Cancellation);
        var inbox = setup.Client.Inbox!;
        await inbox.OpenAsync(FolderAccess.ReadWrite, Cancellation);
        for (var i = 0; i < 5; i++) await inbox.AppendAsync(Make($"Number {i}"), MessageFlags.None, Cancellation);
        await inbox.CloseAsync(false, Cancellation);
        await inbox.OpenAsync(FolderAccess.ReadWrite, Cancellation);
        var (validity, modSeq) = (inbox.UidValidity, inbox.HighestModSeq);
        await inbox.AddFlagsAsync(new UniqueId(2), MessageFlags.Flagged, true, Cancellation);
        await inbox.AddFlagsAsync(new UniqueId(4), MessageFlags.Deleted, true, Cancellation);
        await inbox.ExpungeAsync([new UniqueId(4)], Cancellation);
        await inbox.CloseAsync(false, Cancellation);

        var vanished = new List<UniqueId>();
        var changed = new List<UniqueId>();
        inbox.MessagesVanished += (_, e) => vanished.AddRange(e.UniqueIds);
        inbox.MessageFlagsChanged += (_, e) => changed.Add(e.UniqueId!.Value);
        var known = Enumerable.Range(1, 5).Select(i => new UniqueId((uint)i)).ToList();
        await inbox.OpenAsync(FolderAccess.ReadWrite, validity, modSeq, known, Cancellation);
        Assert.Equal([new UniqueId(4)], vanished);
        Assert.Equal([new UniqueId(2)], changed);
    }

    private static MimeMessage Make(string subject) =>
        new([MailboxAddress.Parse("a@example.org")], [MailboxAddress.Parse("b@example.org")], subject, new TextPart("plain") { Text = "Grüße" });

    /// <summary>MailKit would write a parsed message anew; the octets themselves go in over a connection of our own.</summary>
    private static async Task AppendRawAsync(Setup setup, byte[] octets)
    {
        var reply = await setup.Raw.AppendAsync(System.Text.Encoding.Latin1.GetString(octets));
        Assert.Contains(" OK ", reply, StringComparison.Ordinal);
    }

    private async Task<Setup> ConnectAsync()
    {
        var folder = new TemporaryFolder();
        var options = new LineListenerOptions { Tls = TlsMode.StartTls };
        var server = await KestrelServer.StartAsync(
            stack.NewProtocol(new ImapOptions { AllowPlaintextAuth = true }), options, CertificateFile.SelfSigned(folder.Path, TimeProvider.System));
        var user = await stack.NewUserAsync();
        var raw = new ImapClient(await server.ConnectAsync(Cancellation));
        await raw.ReadLineAsync();
        await raw.RunAsync($"LOGIN {user.Login} \"{ImapStack.Password}\"");

        // What is tested is the protocol, not trust: the certificate signs itself.
        var client = new MailKitClient { CheckCertificateRevocation = false };
        client.ServerCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        var endPoint = (System.Net.IPEndPoint)server.EndPoint;
        await client.ConnectAsync(endPoint.Address.ToString(), endPoint.Port, SecureSocketOptions.StartTls, Cancellation);
        Assert.Contains("SCRAM-SHA-256", client.AuthenticationMechanisms);
        await client.AuthenticateAsync(new SaslMechanismScramSha256(user.Login, ImapStack.Password), Cancellation);
        return new Setup(folder, server, raw, client);
    }

    private sealed record Setup(TemporaryFolder Folder, KestrelServer Server, ImapClient Raw, MailKitClient Client) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Client.DisconnectAsync(true);
            Client.Dispose();
            await Raw.DisposeAsync();
            await Server.DisposeAsync();
            Folder.Dispose();
        }
    }
}
