using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.Grains.Contracts.Mailboxes;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>NO says that nothing was done and nothing will be. Where that is not known, no command is answered with it.</summary>
public sealed class UncertainTests(ImapStack stack)
{
    private const string Message = "Subject: x\r\n\r\nbody\r\n";

    /// <summary>What the first and the last try are answered with; what they did was done all the same.</summary>
    public static TheoryData<string, string, bool> Commands()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var refused in (bool[])[false, true])
        {
            data.Add("UID STORE 1 +FLAGS (\\Deleted)", "StoreAsync", refused);
            data.Add("EXPUNGE", "ExpungeAsync", refused);
            data.Add("UID MOVE 1 Archive", "CopyAsync", refused);
            data.Add("CREATE new", "CreateFolderAsync", refused);
            data.Add("RENAME Trash new", "RenameFolderAsync", refused);
            data.Add("DELETE Trash", "DeleteFolderAsync", refused);
            data.Add("UNSUBSCRIBE new", "SubscribeAsync", refused);
            data.Add("CLOSE", "ExpungeAsync", refused);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_change_that_was_made_or_not_ends_the_session(string command, string call, bool refused)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user);
        stack.Replies.LoseNext(user.Account, call, new TimeoutException(), Last(refused));
        AssertUncertain(await client.RunAsync(command));
        Assert.True(stack.Replies.WasLost(user.Account, call));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_was_appended_or_not_ends_the_session(bool refused)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user);
        stack.Replies.LoseNext(user.Account, "AppendAsync", new TimeoutException(), Last(refused));
        AssertUncertain([await client.AppendAsync(Message)]);
    }

    [Fact]
    public async Task A_mailbox_that_itself_does_not_know_ends_the_session()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user);
        stack.Replies.LoseNext(user.Account, "StoreAsync", new MailboxException(MailboxError.Uncertain, "who knows"));
        AssertUncertain(await client.RunAsync("STORE 1 +FLAGS (\\Deleted)"));
    }

    [Fact]
    public async Task Who_only_looks_is_refused_and_goes_on()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user);
        stack.Replies.LoseNext(user.Account, "StatusAsync", new TimeoutException(), new TimeoutException());
        Assert.Contains(" NO [UNAVAILABLE]", (await client.RunAsync("STATUS INBOX (MESSAGES)"))[^1], StringComparison.Ordinal);
        Assert.Contains("* STATUS INBOX (MESSAGES 1)", await client.RunAsync("STATUS INBOX (MESSAGES)"));
    }

    [Theory]
    [InlineData("CREATE new", "SyncAsync", "OK [MAILBOXID")]
    [InlineData("CLOSE", "UnselectAsync", "OK CLOSE")]
    public async Task What_was_done_is_not_refused_because_its_news_do_not_come(string command, string after, string answer)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user);
        stack.Replies.LoseNext(user.Account, after, new TimeoutException(), new TimeoutException());
        Assert.Contains($" {answer}", (await client.RunAsync(command))[^1], StringComparison.Ordinal);
        Assert.True(stack.Replies.WasLost(user.Account, after));
    }

    private static Exception Last(bool refused) => refused ? new MailboxException(MailboxError.Unavailable, "later") : new TimeoutException();

    private static void AssertUncertain(IReadOnlyList<string> lines)
    {
        Assert.StartsWith("* BYE [UNAVAILABLE] The command may have been carried out or not", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, l => l.Contains(" NO ", StringComparison.Ordinal));
    }

    private static async Task<ImapClient> SelectedAsync(TestServer server, TestUser user)
    {
        var client = await ImapClient.LoginAsync(server, user);
        await client.AppendAsync(Message);
        await client.RunAsync("SELECT INBOX");
        return client;
    }
}
