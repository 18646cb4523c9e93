using MailGrains.Model;
using MailGrains.Storage.Mailboxes;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes those who read contents and look for bodies.</summary>
public abstract class EmailReaderContract : StoreContract
{
    [Fact]
    public async Task Emails_are_read_back_as_written_in_the_order_asked()
    {
        var actor = await MailboxAsync();
        var bodies = Enumerable.Range(0, 40).Select(i => new byte[i + 1]).ToArray();
        var summaries = Enumerable.Range(0, 40).Select(i => Enumerable.Repeat((byte)i, i * 100).ToArray()).ToArray();
        await CommitAsync([.. bodies.Select((b, i) => actor.Deliver(FolderId.Inbox, b, summaries[i]))]);

        var asked = new EmailId[] { new(2), new(7), new(38), new(40), new(41) };
        var read = await Store.Emails.ReadEmailsAsync(actor.Account, asked, Cancellation);

        Assert.Null(read[4]);
        for (var i = 0; i < 4; i++)
        {
            var record = read[i]!;
            var index = (int)asked[i].Value - 1;
            var blob = BlobId.Of(bodies[index]);
            Assert.Equal(asked[i], record.Id);
            Assert.Equal(blob, record.Blob);
            Assert.Equal(MailboxActor.LocatorOf(blob, index + 1), record.Body);
            Assert.Equal("Return-Path: <>\r\n"u8.ToArray(), record.Prefix.ToArray());
            Assert.Equal(summaries[index], record.Summary.ToArray());
        }
    }

    [Fact]
    public async Task A_mailbox_never_reads_the_contents_of_another()
    {
        var actor = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox));
        var other = await MailboxAsync();
        Assert.Equal([null], await Store.Emails.ReadEmailsAsync(other.Account, new EmailId[] { new(1) }, Cancellation));
        Assert.Equal([null], await Store.Emails.ReadEmailsAsync(NewAccount(), new EmailId[] { new(1) }, Cancellation));
    }

    [Fact]
    public async Task A_content_lives_as_long_as_something_refers_to_it()
    {
        var actor = await MailboxAsync();
        await CommitAsync(actor.CreateFolder("Copies"));
        await CommitAsync(actor.Deliver(FolderId.Inbox));
        await CommitAsync(actor.Copy(FolderId.Inbox, 1, new FolderId(2)), actor.Copy(FolderId.Inbox, 1, new FolderId(2)));
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]));
        await CommitAsync(actor.Expunge(new FolderId(2), [2]));
        Assert.NotNull(await Read(actor, 1));

        await CommitAsync(actor.Expunge(new FolderId(2), [1]));
        Assert.Null(await Read(actor, 1));
    }

    [Fact]
    public async Task A_body_is_known_once_and_where_it_was_first_committed()
    {
        var first = await MailboxAsync();
        var second = await MailboxAsync();
        var body = "Subject: to both\r\n\r\n"u8.ToArray();
        var blob = BlobId.Of(body);
        Assert.Null(await Store.Bodies.FindAsync(blob, Cancellation));

        await CommitAsync(first.Deliver(FolderId.Inbox, body), second.Deliver(FolderId.Inbox, body));
        Assert.Equal(MailboxActor.LocatorOf(blob, body.Length), await Store.Bodies.FindAsync(blob, Cancellation));

        await CommitAsync(first.Expunge(FolderId.Inbox, [1]));
        Assert.Equal(blob, (await Read(second, 1))?.Blob);
        Assert.NotNull(await Store.Bodies.FindAsync(blob, Cancellation));
    }

    private async Task<EmailRecord?> Read(MailboxActor actor, long id) =>
        Assert.Single(await Store.Emails.ReadEmailsAsync(actor.Account, new EmailId[] { new(id) }, Cancellation));
}
