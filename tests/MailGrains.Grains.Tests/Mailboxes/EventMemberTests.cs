using System.Text;
using System.Text.Json;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using Orleans.Core.Internal;
using static MailGrains.Grains.Tests.Mailboxes.TestMailbox;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>What single members of events promise, beside their form (<see cref="EventFormatTests"/>).</summary>
public sealed class EventMemberTests(MailboxCluster cluster)
{
    private static readonly AccountId Account = AccountId.New(TimeProvider.System);

    public static TheoryData<byte[]> Prefixes =>
    [
        "Return-Path: <>\r\nReceived: from a (\"[192.0.2.1]\")\r\n\tby b\r\n"u8.ToArray(),
        Encoding.UTF8.GetBytes("Delivered-To: <j\u00fcrgen@example.org>\r\nX: \u2028\ufffd\ud83d\ude00\0\\"),
        new byte[] { 0x58, 0x3A, 0x20, 0xC3, 0x28, 0xFF, 0x0D, 0x0A },
    ];

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void A_prefix_comes_back_octet_for_octet(byte[] prefix)
    {
        var turn = NewTurn();
        var delivery = Delivery() with { Prefix = prefix };
        ArrivalEvents.New(turn, turn.Folder("INBOX"), new Arrival(new NewEntry(1, default, 1, 0, 0, 1, new EmailId(1)), delivery.Content.Blob, null), delivery);
        var message = Payload(turn.Build(_ => 0).Commit.Events[^1]).GetProperty("messages")[0];
        Assert.Equal(
            prefix,
            message.TryGetProperty("prefixBase64", out var encoded)
                ? encoded.GetBytesFromBase64()
                : Encoding.UTF8.GetBytes(message.GetProperty("prefix").GetString()!));
    }

    [Fact]
    public async Task The_log_and_the_bodies_give_a_delivered_message_as_it_is_read()
    {
        var mailbox = cluster.NewMailbox();
        var delivery = Delivery();
        var delivered = await mailbox.Grain.DeliverAsync(delivery);
        var message = Payload((await mailbox.EventsAsync())[^1]).GetProperty("messages")[0];
        var stored = (await cluster.Store.ReadEmailsAsync(mailbox.Account, new[] { delivered.Email }, CancellationToken.None))[0]!;
        var prefix = Encoding.UTF8.GetBytes(message.GetProperty("prefix").GetString()!);
        Assert.Equal(stored.Prefix.ToArray(), prefix);
        Assert.Equal(stored.Blob.ToString(), message.GetProperty("blobId").GetString());
        Assert.Equal(prefix.Length + delivery.Content.Bytes.Length, message.GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task The_state_of_a_folder_has_a_name_that_mail_leaves_alone_and_a_new_name_for_the_folder_changes()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.Grain.CreateFolderAsync(session, "A", null);
        await mailbox.AppendAsync(session, "A");
        await mailbox.Grain.RenameFolderAsync(session, "A", "B");
        await mailbox.AppendAsync(session, "B");
        await mailbox.Grain.RenameFolderAsync(session, "B", "A");
        await mailbox.Grain.DeleteFolderAsync(session, "A");
        var states = (await mailbox.EventsAsync()).Select(Payload)
            .Where(p => p.TryGetProperty("mailbox", out var of) && of.GetProperty("path").GetString() is "A" or "B")
            .Select(p => (p.GetProperty("type").GetString(), p.GetProperty("mailbox").GetProperty("stateId").GetString()!)).ToList();
        var (first, second) = (states[0].Item2, states[2].Item2);
        Assert.NotEqual(first, second);
        Assert.Equal(
            [
                ("MailboxCreate", first), ("MessageAppend", first), ("MailboxRename", second), ("MessageAppend", second), ("MailboxRename", first),
                ("MailboxDelete", first),
            ],
            states);
    }

    [Fact]
    public void A_state_read_from_the_store_has_the_name_it_had()
    {
        var turn = NewTurn();
        var state = turn.Build(_ => 0).After;
        var again = MailboxState.Of(new MailboxClaim(Account, 2, state.Head, [.. state.Folders.Values.Select(f => f.Row)], [], []));
        foreach (var folder in state.Folders.Values) Assert.Equal(folder.StateId, again.Folders[folder.Row.Id].StateId);
        Assert.Equal(state.Folders.Count, state.Folders.Values.Select(f => f.StateId).Distinct().Count());

        var elsewhere = FolderStateId.Of(AccountId.New(TimeProvider.System), state.Folders[FolderId.Inbox].Row);
        Assert.NotEqual(state.Folders[FolderId.Inbox].StateId, elsewhere);
    }

    [Fact]
    public async Task What_the_client_says_it_is_is_in_the_events_after_it_and_the_session_is_the_same()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session);
        await mailbox.Grain.IdentifySessionAsync(session, "Mutt/2.2");
        await mailbox.AppendAsync(session);
        await mailbox.Grain.CloseSessionAsync(session);
        var told = (await mailbox.EventsAsync()).Select(Payload).Select(p => (Type: p.GetProperty("type").GetString(), Session: p.GetProperty("session")))
            .Where(e => e.Session.TryGetProperty("id", out _)).ToList();
        Assert.Equal(["Login", "MessageAppend", "MessageAppend", "Logout"], told.Select(e => e.Type));
        Assert.Equal([null, null, "Mutt/2.2", "Mutt/2.2"], told.Select(e => e.Session.TryGetProperty("clientId", out var id) ? id.GetString() : null));
        Assert.Equal([session.Value], told.Select(e => e.Session.GetProperty("id").GetGuid()).Distinct());
    }

    [Fact]
    public async Task A_session_whose_mailbox_moved_is_another_Login_with_the_same_id()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.Grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        Assert.Equal(MailboxError.UnknownSession, await ErrorOf(() => mailbox.Grain.SyncAsync(session, UpdateScope.All)));
        await mailbox.Grain.OpenSessionAsync(session.Anew(), Imap, null);
        await mailbox.Grain.CloseSessionAsync(session.Anew());
        var told = (await mailbox.EventsAsync()).Where(e => e.Type is "Login" or "Logout").ToList();
        Assert.Equal(["Login", "Login", "Logout"], told.Select(e => e.Type));
        Assert.Equal([session.Value], told.Select(e => Payload(e).GetProperty("session").GetProperty("id").GetGuid()).Distinct());
    }

    [Fact]
    public async Task Groups_and_roles_are_bounded_and_say_so()
    {
        Assert.Null(Memberships.Of([], []));
        var mailbox = cluster.NewMailbox();
        string[] groups = [.. Enumerable.Range(100, Memberships.MaxNames + 3).Select(n => $"group {n}")];
        var session = SessionId.New(TimeProvider.System);
        await mailbox.Grain.OpenSessionAsync(session, Imap with { Memberships = Memberships.Of(groups, ["auditor"]) }, null);
        await mailbox.AppendAsync(session);
        var actor = Payload((await mailbox.EventsAsync())[^1]).GetProperty("actor");
        Assert.Equal(groups.Take(Memberships.MaxNames), actor.GetProperty("groups").EnumerateArray().Select(g => g.GetString()));
        Assert.Equal("auditor", Assert.Single(actor.GetProperty("roles").EnumerateArray()).GetString());
        Assert.Equal(3, actor.GetProperty("membershipsLeftOut").GetInt32());
    }

    [Fact]
    public async Task Details_are_written_in_order_and_once_for_an_operation()
    {
        var mailbox = cluster.NewMailbox();
        var before = (await mailbox.EventsAsync()).Count;
        var details = EventDetails.None.With("query", "\"}\n").With("hits", 7).With("left", (string?)null).With("case", "1");
        var happened = new AccountEvent
        {
            Type = AccountEventType.SearchPerformed,
            Origin = TurnOrigin.Administration,
            Operation = NewOperation(),
            Details = details,
        };
        for (var twice = 0; twice < 2; twice++) await mailbox.Grain.RecordAsync(happened);
        var written = Assert.Single((await mailbox.EventsAsync()).Skip(before), e => e.Type == "SearchPerformed");
        Assert.EndsWith(",\"query\":\"\\\"}\\n\",\"hits\":7,\"case\":\"1\"}", Encoding.UTF8.GetString(written.Payload.Span));
    }

    [Theory]
    [InlineData("type")]
    [InlineData("actor")]
    [InlineData("quota")]
    [InlineData("accountVersion")]
    [InlineData("hits")]
    [InlineData("")]
    [InlineData("Hits")]
    [InlineData("a\"b")]
    [InlineData("nameThatIsLongerThanAnyNameMayBe1")]
    public void A_detail_that_would_break_an_event_is_refused(string name)
    {
        var details = EventDetails.None.With("hits", 1);
        Assert.Throws<ArgumentException>(() => details.With(name, 2));
        Assert.Throws<ArgumentException>(() => details.With(name, "text"));
    }

    [Fact]
    public void Details_are_bounded()
    {
        var details = EventDetails.None.With("text", new string('x', EventDetails.MaxText));
        Assert.Throws<ArgumentException>(() => details.With("more", new string('x', EventDetails.MaxText + 1)));
        for (var i = 1; i < EventDetails.MaxDetails; i++) details = details.With($"n{i}", i);
        Assert.Throws<ArgumentException>(() => details.With("last", 1));
    }

    private static JsonElement Payload(EventWrite written) => JsonDocument.Parse(written.Payload).RootElement;

    private static MailboxTurn NewTurn()
    {
        var empty = MailboxState.Of(new MailboxClaim(Account, 1, MailboxHead.Empty, [], [], []));
        var turn = new MailboxTurn(empty, Account, 1, new TurnOrigin(SessionId.None, Imap, TimeProvider.System.GetUtcNow()), new MailboxLimits());
        FolderTurn.CreateMailbox(turn);
        return turn;
    }
}
