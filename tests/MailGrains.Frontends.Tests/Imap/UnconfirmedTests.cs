using MailGrains.Grains.Contracts.Mailboxes;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>A blocking subscriber has not confirmed a change in time: it is made, and not acknowledged.</summary>
public sealed class UnconfirmedTests(ImapStack stack)
{
    private const string Message = "Subject: x\r\n\r\nbody\r\n";

    [Fact]
    public async Task The_client_is_told_that_it_is_done_but_not_confirmed_and_sees_it()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await ImapClient.LoginAsync(server, user);
        await client.RunAsync("SELECT INBOX");
        stack.Replies.LoseNext(user.Account, "AppendAsync", new MailboxException(MailboxError.Unconfirmed, "Done, but not confirmed in time"));

        var answer = await client.AppendAsync(Message);
        Assert.Contains(" NO [UNAVAILABLE] Done, but not confirmed in time", answer, StringComparison.Ordinal);
        Assert.Contains("* 1 EXISTS", await client.RunAsync("NOOP"));
    }
}
