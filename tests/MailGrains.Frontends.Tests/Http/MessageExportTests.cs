using System.Net;
using System.Text;
using System.Text.Json;
using MailGrains.Frontends.Http.Accounts;
using MailGrains.Frontends.Http.Messages;
using MailGrains.Frontends.Tests.Imap;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MailGrains.Frontends.Tests.Http;

/// <summary>Who is given messages by the admin API is in the log of their mailbox.</summary>
public sealed class MessageExportTests(ImapStack stack)
{
    private readonly DefaultHttpContext _http = new()
    {
        Response = { Body = new MemoryStream() },
        Connection = { RemoteIpAddress = IPAddress.Parse("192.0.2.80"), RemotePort = 4711 },
    };

    [Fact]
    public async Task A_request_is_told_once_with_who_made_it_however_often_it_is_made_again()
    {
        var user = await FilledAsync();
        for (var twice = 0; twice < 2; twice++) await ExportAsync(user, "INBOX");
        Assert.Contains("Hello", Encoding.ASCII.GetString(((MemoryStream)_http.Response.Body).ToArray()), StringComparison.Ordinal);

        var told = Assert.Single(await AccessesAsync(user));
        Assert.Equal(
            ("export", "INBOX", 1),
            (told.GetProperty("what").GetString(), told.GetProperty("folder").GetString(), told.GetProperty("count").GetInt32()));
        var actor = told.GetProperty("actor");
        Assert.Equal("""{"login":"admin","authMechanism":"TOKEN","isAdmin":true}""", actor.GetRawText());
        Assert.Equal("192.0.2.80", told.GetProperty("session").GetProperty("clientIp").GetString());

        _http.Items.Clear();
        await ExportAsync(user, "INBOX");
        Assert.Equal(2, (await AccessesAsync(user)).Count);
    }

    [Fact]
    public async Task Nothing_is_given_before_the_log_has_it()
    {
        var user = await FilledAsync();
        stack.Replies.LoseNext(user.Account, nameof(IMailboxGrain.RecordAsync), new MailboxException(MailboxError.Unavailable, "later"));
        await Assert.ThrowsAsync<MailboxException>(() => ExportAsync(user, "INBOX"));
        Assert.Equal((0, 0), (_http.Response.Body.Length, _http.Response.BodyWriter.UnflushedBytes));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_was_not_read()
    {
        var user = await FilledAsync();
        await Assert.ThrowsAsync<MailboxException>(() => ExportAsync(user, "Nowhere"));
        Assert.Empty(await AccessesAsync(user));
    }

    private async Task<TestUser> FilledAsync()
    {
        var user = await stack.NewUserAsync();
        var bytes = "Subject: x\r\n\r\nHello\r\n"u8.ToArray();
        var content = new MessageContent { Blob = BlobId.Of(bytes), Bytes = bytes, Summary = Mime.SummaryBuilder.BuildEncoded(bytes) };
        await user.Mailbox.AppendAsync(new AppendRequest(SessionId.None, content.Blob, "INBOX", [new AppendMessage(content, [], null)]));
        return user;
    }

    private Task ExportAsync(TestUser user, string folder)
    {
        var stored = new StoredMessages(stack.Store, stack.Bodies);
        var export = new MessageExport(new AccountDirectory(stack.Grains), stack.Grains, stored, TimeProvider.System);
        return export.HandleAsync(_http, user.Login, folder, CancellationToken.None);
    }

    private async Task<List<JsonElement>> AccessesAsync(TestUser user) =>
    [
        .. (await stack.Store.ReadMailboxAsync(user.Account, 0, int.MaxValue, CancellationToken.None)).Where(e => e.Event.Type == "AdminAccess")
            .Select(e => JsonDocument.Parse(e.Event.Payload).RootElement),
    ];
}
