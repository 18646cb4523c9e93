using System.Net;
using MailGrains.Frontends.Http.Accounts;
using MailGrains.Frontends.Http.Messages;
using MailGrains.Frontends.Http.Verification;
using MailGrains.Frontends.Tests.Imap;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Storage.Events;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MailGrains.Frontends.Tests.Http;

/// <summary>A mailbox is checked while it is in use, against itself and its log.</summary>
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

    /// <summary>By all of it, and by what is left when any part of the log's beginning is removed.</summary>
    [Fact]
    public async Task Whatever_is_done_to_a_mailbox_is_as_its_log_says()
    {
        var user = await stack.NewUserAsync();
        for (var number = 1; number <= 5; number++) await AppendAsync(user, $"number {number}", "INBOX");
        using (var server = stack.NewServer())
        await using (var imap = await ImapClient.LoginAsync(server, user))
        {
            foreach (var command in new[]
            {
                "CREATE Work/2026/March", @"CREATE Kept (USE (\Archive))", "SELECT INBOX", @"STORE 1:3 +FLAGS (\Seen $Important)", "STORE 2 -FLAGS ($Important)",
                "STORE 4 FLAGS ($Later)", "COPY 1:2,4 Work/2026", "COPY 3 INBOX", "MOVE 2 INBOX", "MOVE 1,3 Kept", @"STORE 1:* +FLAGS (\Deleted)", "UID EXPUNGE 4",
                "SUBSCRIBE Work/2026", "SUBSCRIBE Nowhere", "UNSUBSCRIBE Trash", "CLOSE", "RENAME Work Play", "RENAME INBOX Former", "DELETE Play/2026/March",
                "SELECT Kept", @"STORE 1 +FLAGS (\Deleted)", "CLOSE", "LOGOUT",
            })
                Assert.Contains(" OK ", (await imap.RunAsync(command))[^1], StringComparison.Ordinal);
        }

        var whole = await VerifyAsync(user);
        Assert.Empty(whole.Problems);
        foreach (var record in await stack.Store.ReadMailboxAsync(user.Account, 0, int.MaxValue, TestContext.Current.CancellationToken))
        {
            var report = await VerifyAsync(user, new LogFrom(stack.Store, record.Partition, record.Position));
            Assert.Empty(report.Problems);
            Assert.Equal(whole.Messages, report.Messages);
        }
    }

    private Task<VerificationReport> VerifyAsync(TestUser user, IEventLog? log = null)
    {
        var stored = new StoredMessages(stack.Store, stack.Bodies);
        var verification = new MailboxVerification(new AccountDirectory(stack.Grains), stack.Grains, stored, log ?? stack.Store, TimeProvider.System);
        return verification.VerifyAsync(_http, user.Login, repair: null, TestContext.Current.CancellationToken);
    }

    private static Task AppendAsync(TestUser user, string subject, string folder = Folder)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes($"Subject: {subject}\r\n\r\nHello\r\n");
        var content = new MessageContent { Blob = BlobId.Of(bytes), Bytes = bytes, Summary = Mime.SummaryBuilder.BuildEncoded(bytes) };
        return user.Mailbox.AppendAsync(new AppendRequest(SessionId.None, content.Blob, folder, [new AppendMessage(content, [], null)]));
    }

    /// <summary>A log that begins with a position of one of its partitions.</summary>
    private sealed class LogFrom(IEventLog inner, int cut, long first) : IEventLog
    {
        public int Partitions => inner.Partitions;

        public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) => inner.ReadHeadAsync(cancellation);

        public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation) =>
            inner.ReadAsync(partition, partition == cut ? Math.Max(after, first - 1) : after, limit, cancellation);

        public async Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
            [.. (await inner.ReadMailboxAsync(account, after, int.MaxValue, cancellation)).Where(e => e.Partition != cut || e.Position >= first).Take(limit)];
    }
}
