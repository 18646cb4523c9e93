using System.Net;
using MailGrains.Frontends.Http.Accounts;
using MailGrains.Frontends.Http.Messages;
using MailGrains.Frontends.Http.Verification;
using MailGrains.Frontends.Tests.Imap;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MailGrains.Frontends.Tests.Http;

/// <summary>A mailbox is checked while it is in use.</summary>
public sealed class VerificationTests(ImapStack stack)
{
    // The first folder that is looked at.
    private const string Folder = "Archive";

    private readonly DefaultHttpContext _http = new() { Connection = { RemoteIpAddress = IPAddress.Parse("192.0.2.80") } };

    [Fact]
    public async Task Mail_that_comes_in_meanwhile_is_no_problem()
    {
        var user = await stack.NewUserAsync();
        await AppendAsync(user, "one");
        var rows = stack.Replies.HoldNext(user.Account, nameof(IMailboxGrain.RowsAsync));
        var verifying = VerifyAsync(user);
        await rows.ArrivedAsync();
        await AppendAsync(user, "two");
        await rows.ReleaseAsync();
        var report = await verifying;
        Assert.Empty(report.Problems);
        Assert.Equal(2, report.Messages);
    }

    [Fact]
    public async Task A_folder_deleted_meanwhile_is_no_problem()
    {
        var user = await stack.NewUserAsync();
        await AppendAsync(user, "one", "INBOX");
        var selecting = stack.Replies.HoldNext(user.Account, nameof(IMailboxGrain.SelectAsync));
        var verifying = VerifyAsync(user);
        await selecting.ArrivedAsync();
        await user.Mailbox.DeleteFolderAsync(SessionId.None, Folder);
        await selecting.ReleaseAsync();
        var report = await verifying;
        Assert.Empty(report.Problems);
        Assert.Equal(1, report.Messages);
    }

    private Task<VerificationReport> VerifyAsync(TestUser user)
    {
        var stored = new StoredMessages(stack.Store, stack.Bodies);
        var verification = new MailboxVerification(new AccountDirectory(stack.Grains), stack.Grains, stored, stack.Store, TimeProvider.System);
        return verification.VerifyAsync(_http, user.Login, repair: null, TestContext.Current.CancellationToken);
    }

    private static Task AppendAsync(TestUser user, string subject, string folder = Folder)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes($"Subject: {subject}\r\n\r\nHello\r\n");
        var content = new MessageContent { Blob = BlobId.Of(bytes), Bytes = bytes, Summary = Mime.SummaryBuilder.BuildEncoded(bytes) };
        return user.Mailbox.AppendAsync(new AppendRequest(SessionId.None, content.Blob, folder, [new AppendMessage(content, [], null)]));
    }
}
