using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.Grains.Contracts.Directory;
using Microsoft.Extensions.Time.Testing;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>The mailbox's activation goes away under open sessions, as it does when its node dies or is drained.</summary>
public sealed partial class FailoverTests(ImapStack stack)
{
    private const StringComparison Exactly = StringComparison.Ordinal;
    private const string Message = "Subject: x\r\n\r\nbody\r\n";

    [Fact]
    public async Task A_session_goes_on_as_if_nothing_had_happened()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 3);
        await LoseActivationAsync(user);
        var lines = await client.RunAsync("FETCH 2 UID");
        Assert.Equal("* 2 FETCH (UID 2)", lines[0]);
        Assert.DoesNotContain(lines, l => l.Contains("EXPUNGE", StringComparison.Ordinal) || l.Contains("EXISTS", StringComparison.Ordinal));
        Assert.Contains(" OK ", (await client.RunAsync("STORE 2 +FLAGS (\\Seen)"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_meanwhile_is_told_in_the_clients_own_numbers()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 4);

        // This much the client knows before: UIDs 1, 4 and 5.
        await ChangeAsync(server, user);
        await client.RunAsync("NOOP");
        await LoseActivationAsync(user);
        await ChangeAsync(server, user);
        var lines = await client.RunAsync("NOOP");
        Assert.Equal(["* 3 EXPUNGE", "* 2 EXPUNGE", "* 2 EXISTS"], lines.Where(l => l.EndsWith("EXPUNGE", Exactly) || l.EndsWith("EXISTS", Exactly)));
        Assert.Equal("* 2 FETCH (UID 6)", (await client.RunAsync("FETCH 2 UID"))[0]);
    }

    [Fact]
    public async Task Messages_asked_for_by_UID_come_after_the_expunges_that_moved_them()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 4);
        await LoseActivationAsync(user);
        await ChangeAsync(server, user);
        var lines = await client.RunAsync("UID FETCH 4 UID");
        Assert.Equal(["* 3 EXPUNGE", "* 2 EXPUNGE"], lines[..2]);
        Assert.Contains("* 2 FETCH (UID 4)", lines);
    }

    [Fact]
    public async Task A_folder_that_was_renamed_is_the_same_folder()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 2);
        await client.RunAsync("COPY 1:2 Archive");
        await client.RunAsync("SELECT Archive");
        await using var other = await ImapClient.LoginAsync(server, user);
        Assert.Contains(" OK ", (await other.RunAsync("RENAME Archive Attic/Old"))[^1], Exactly);
        Assert.Contains(" OK ", (await other.RunAsync("CREATE Archive"))[^1], Exactly);
        await LoseActivationAsync(user);
        Assert.Equal("* 2 FETCH (UID 2)", (await client.RunAsync("FETCH 2 UID"))[0]);
        Assert.Contains(" OK ", (await client.RunAsync("STORE 2 +FLAGS (\\Seen)"))[^1], Exactly);
        Assert.Equal("* STATUS Attic/Old (UNSEEN 1)", (await other.RunAsync("STATUS Attic/Old (UNSEEN)"))[0]);
    }

    [Theory]
    [InlineData("AccountDisable")]
    [InlineData("AccountDelete")]
    public async Task A_session_ends_when_its_account_was_closed_while_its_mailbox_was_nowhere(string act)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 1);
        await LoseActivationAsync(user);
        var account = stack.Grains.GetGrain<IAccountGrain>(user.Account.Value);
        await (act == "AccountDelete" ? account.DeleteAsync() : account.SetDisabledAsync(true));
        Assert.Equal("* BYE This account has been disabled or deleted", (await client.RunAsync("FETCH 1 UID"))[^1]);
        var log = await stack.Store.ReadMailboxAsync(user.Account, 0, int.MaxValue, TestContext.Current.CancellationToken);
        Assert.Equal(act, log[^1].Event.Type);
    }

    [Fact]
    public async Task A_client_that_missed_more_than_is_remembered_has_to_come_back()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 2);
        await using (var other = await ImapClient.LoginAsync(server, user))
        {
            await other.RunAsync("SELECT INBOX");
            for (var i = 0; i < ImapStack.RememberedChanges; i++)
            {
                await other.AppendAsync(Message);
                await other.RunAsync($"UID STORE {i + 3} +FLAGS.SILENT (\\Deleted)");
                await other.RunAsync("EXPUNGE");
            }
        }

        await LoseActivationAsync(user);
        Assert.StartsWith("* BYE [UNAVAILABLE]", (await client.RunAsync("NOOP"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activation_that_was_fenced_off_is_replaced_and_the_change_made_once()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 1);

        // Another node takes the mailbox over: the next write of the old activation must fail and be repeated.
        await stack.Store.ClaimAsync(user.Account, TestContext.Current.CancellationToken);
        Assert.Contains("[APPENDUID", await client.AppendAsync(Message), StringComparison.Ordinal);
        Assert.Equal("* STATUS INBOX (MESSAGES 2)", (await client.RunAsync("STATUS INBOX (MESSAGES)"))[0]);
    }

    public static TheoryData<string, string, string, bool> Commands()
    {
        var data = new TheoryData<string, string, string, bool>();
        foreach (var timeOut in (bool[])[false, true])
        {
            data.Add("UID COPY 1:2 Archive", "CopyAsync", "OK [COPYUID", timeOut);
            data.Add("COPY 1:2 Archive", "CopyAsync", "OK [COPYUID", timeOut);
            data.Add("MOVE 1:2 Archive", "CopyAsync", "OK", timeOut);
            data.Add("UID MOVE 1:2 Archive", "CopyAsync", "OK", timeOut);
            data.Add("UID STORE 1:2 (UNCHANGEDSINCE 1000) +FLAGS (\\Seen)", "StoreAsync", "OK STORE", timeOut);
            data.Add("UID STORE 1:2 +FLAGS (\\Seen)", "StoreAsync", "OK STORE", timeOut);
            data.Add("CREATE new", "CreateFolderAsync", "OK [MAILBOXID", timeOut);
            data.Add("RENAME Trash new", "RenameFolderAsync", "OK RENAME", timeOut);
            data.Add("DELETE Trash", "DeleteFolderAsync", "OK DELETE", timeOut);
            data.Add("SUBSCRIBE new", "SubscribeAsync", "OK SUBSCRIBE", timeOut);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_change_whose_answer_was_lost_is_made_once(string command, string call, string answer, bool timeOut)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 2);
        var before = await ChangesAsync(user);
        stack.Replies.LoseNext(user.Account, call, timeOut ? new TimeoutException() : new SiloUnavailableException());
        var lines = await client.RunAsync(command);
        Assert.True(stack.Replies.WasLost(user.Account, call));
        Assert.Contains($" {answer}", lines[^1], StringComparison.Ordinal);
        Assert.Single((await ChangesAsync(user)).Skip(before.Count));
    }

    [Fact]
    public async Task A_move_whose_answer_was_lost_tells_where_the_messages_went_and_that_they_are_gone()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 3);
        stack.Replies.LoseNext(user.Account, "CopyAsync", new SiloUnavailableException());
        var lines = await client.RunAsync("UID MOVE 2 Archive");
        Assert.EndsWith(" 2 1] Moved", lines[0], StringComparison.Ordinal);
        Assert.Equal("* 2 EXPUNGE", lines[1]);
        Assert.Equal("* 2 FETCH (UID 3)", (await client.RunAsync("FETCH 2 UID"))[0]);
        Assert.Equal("* STATUS Archive (MESSAGES 1)", (await client.RunAsync("STATUS Archive (MESSAGES)"))[0]);
    }

    [Fact]
    public async Task News_that_were_in_a_lost_answer_are_told_with_the_next()
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 3);
        await ChangeAsync(server, user);
        stack.Replies.LoseNext(user.Account, "SyncAsync", new TimeoutException());
        var lines = await client.RunAsync("NOOP");
        Assert.True(stack.Replies.WasLost(user.Account, "SyncAsync"));
        Assert.Contains(lines, l => l.EndsWith("EXPUNGE", Exactly));
        Assert.Contains("* 2 EXISTS", lines);
        Assert.Equal("* 2 FETCH (UID 4)", (await client.RunAsync("FETCH 2 UID"))[0]);
    }

    [Fact]
    public async Task A_session_in_IDLE_finds_its_mailbox_again_by_itself()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        using var server = new TestServer(stack.NewProtocol(time: time), new LineListenerOptions());
        var user = await stack.NewUserAsync();
        await using var client = await SelectedAsync(server, user, 1);
        await client.SendAsync("i IDLE\r\n");
        Assert.StartsWith("+ ", await client.ReadLineAsync(), StringComparison.Ordinal);
        await LoseActivationAsync(user);
        await using var other = await WhileTimePassesAsync(time, ImapClient.LoginAsync(server, user));
        Assert.Contains(" OK ", await WhileTimePassesAsync(time, other.AppendAsync(Message)), Exactly);

        // The old activation's last words may have come too early: then the heartbeat makes the session ask.
        Assert.Equal("* 2 EXISTS", await WhileTimePassesAsync(time, NextAsync(client, "EXISTS")));
        await other.AppendAsync(Message);
        Assert.Equal("* 3 EXISTS", await NextAsync(client, "EXISTS"));
    }

    /// <summary>Calls that meet the activation on its way out pause before they are repeated, by the same clock as the heartbeat.</summary>
    private static async Task<T> WhileTimePassesAsync<T>(FakeTimeProvider time, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await task;
    }

    /// <summary>Types of the events in the mailbox's log, without logins.</summary>
    private async Task<IReadOnlyList<string>> ChangesAsync(TestUser user) =>
        [.. (await stack.Store.ReadMailboxAsync(user.Account, 0, int.MaxValue, TestContext.Current.CancellationToken))
            .Select(e => e.Event.Type).Where(t => t is not ("Login" or "Logout"))];

    private static async Task<string> NextAsync(ImapClient client, string what)
    {
        while (await client.ReadLineAsync() is { } line)
        {
            if (line.EndsWith(what, StringComparison.Ordinal)) return line;
        }

        return "(closed)";
    }

    private static async Task<ImapClient> SelectedAsync(TestServer server, TestUser user, int messages)
    {
        var client = await ImapClient.LoginAsync(server, user);
        for (var i = 0; i < messages; i++) await client.AppendAsync(Message);
        await client.RunAsync("SELECT INBOX");
        return client;
    }

    /// <summary>Another session expunges the second and the third message and appends one.</summary>
    private static async Task ChangeAsync(TestServer server, TestUser user)
    {
        await using var other = await ImapClient.LoginAsync(server, user);
        await other.RunAsync("SELECT INBOX");
        await other.RunAsync("STORE 2:3 +FLAGS (\\Deleted)");
        await other.RunAsync("EXPUNGE");
        await other.AppendAsync(Message);
    }

    private static async Task LoseActivationAsync(TestUser user) => await user.Mailbox.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
}
