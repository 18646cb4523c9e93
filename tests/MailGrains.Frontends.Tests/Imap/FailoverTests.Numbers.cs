using Orleans.Runtime;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

/// <content>Sequence numbers of a client that does not know yet what has gone.</content>
public sealed partial class FailoverTests
{
    [Theory]
    [InlineData("STORE 4 +FLAGS (\\Deleted)")]
    [InlineData("FETCH 4 FLAGS")]
    [InlineData("FETCH 1:* BODY[]")]
    [InlineData("SEARCH 2:4")]
    public async Task A_command_by_numbers_that_have_lost_their_meaning_is_refused_until_the_expunges_may_be_told(string command)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 4);
        await LoseActivationAsync(user);
        await ChangeAsync(server, user);

        // RFC 9051 section 7.5.1: the refusals must not bring the expunges. The mailbox may move again before they are told.
        await AssertRefusedAsync(client, command);
        await AssertRefusedAsync(client, command);
        await LoseActivationAsync(user);
        await AssertRefusedAsync(client, command);
        var told = (await client.RunAsync("NOOP")).Where(l => l.EndsWith("EXPUNGE", Exactly) || l.EndsWith("EXISTS", Exactly));
        Assert.Equal(["* 3 EXPUNGE", "* 2 EXPUNGE", "* 3 EXISTS"], told);
        Assert.Equal("* 2 FETCH (UID 4)", (await client.RunAsync("FETCH 2 UID"))[0]);
        Assert.Equal("* STATUS INBOX (UNSEEN 3 DELETED 0)", (await client.RunAsync("STATUS INBOX (UNSEEN DELETED)"))[0]);
    }

    [Theory]
    [InlineData("COPY 4 Archive")]
    [InlineData("MOVE 4 Archive")]
    [InlineData("UID SEARCH 2:4")]
    public async Task One_that_may_tell_of_expunges_is_refused_with_them(string command)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 4);
        await LoseActivationAsync(user);
        await ChangeAsync(server, user);
        var lines = await client.RunAsync(command);
        Assert.Contains(" NO [EXPUNGEISSUED] ", lines[^1], Exactly);
        Assert.Equal(["* 3 EXPUNGE", "* 2 EXPUNGE", "* 3 EXISTS"], lines[..3]);
        Assert.Equal("* STATUS Archive (MESSAGES 0)", (await client.RunAsync("STATUS Archive (MESSAGES)"))[0]);
        Assert.Contains(" OK ", (await client.RunAsync(command.Replace('4', '3')))[^1], Exactly);
    }

    [Fact]
    public async Task One_without_numbers_goes_on_and_its_expunges_are_told_later()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 4);
        await LoseActivationAsync(user);
        await ChangeAsync(server, user);
        Assert.Contains(" OK ", Assert.Single(await client.RunAsync("FETCH $ UID")), Exactly);
        Assert.Contains("* 3 EXPUNGE", await client.RunAsync("NOOP"));
    }

    [Fact]
    public async Task What_was_told_by_the_activation_that_went_is_not_told_on_top_of_what_was_missed()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 4);
        await ChangeAsync(server, user);

        // The call before this one has brought five EXISTS, with both expunged messages counted.
        stack.Replies.LoseNext(user.Account, "StoreAsync", new SiloUnavailableException());
        var lines = await client.RunAsync("UID FETCH 4 (UID BODY[TEXT])");
        Assert.True(stack.Replies.WasLost(user.Account, "StoreAsync"));
        Assert.Equal(["* 3 EXPUNGE", "* 2 EXPUNGE", "* 3 EXISTS"], lines.Where(l => l.EndsWith("EXPUNGE", Exactly) || l.EndsWith("EXISTS", Exactly)));
        Assert.Contains(lines, l => l.StartsWith("* 2 FETCH (UID 4 ", Exactly));
        Assert.Contains(" OK ", lines[^1], Exactly);

        // The view is right: it can be taken up again.
        await LoseActivationAsync(user);
        Assert.Equal("* 3 FETCH (UID 5)", (await client.RunAsync("FETCH 3 UID"))[0]);
    }

    private static async Task AssertRefusedAsync(ImapClient client, string command) =>
        Assert.Contains(" NO [EXPUNGEISSUED] ", Assert.Single(await client.RunAsync(command)), Exactly);
}
