using System.Text.Json;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Quotas;
using MailGrains.Model;
using Orleans.Core.Internal;
using static MailGrains.Grains.Tests.Mailboxes.TestMailbox;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>What the log is told of a mailbox that is full.</summary>
public sealed class QuotaLogTests(MailboxCluster cluster)
{
    private const int Large = (1 << 20) - 100;

    [Fact]
    public async Task A_full_mailbox_tells_once_however_often_and_in_whichever_way_it_refuses()
    {
        var mailbox = cluster.NewMailbox();
        var session = await FullAsync(mailbox);
        await RefuseAsync(() => mailbox.Grain.DeliverAsync(LargeDelivery()));
        await RefuseAsync(() => mailbox.Grain.DeliverAsync(LargeDelivery()));
        await RefuseAsync(() => AppendAsync(mailbox, session));
        await RefuseAsync(() => mailbox.Grain.CheckAppendAsync(session, "INBOX", Large));
        await RefuseAsync(() => CopyAsync(mailbox, session));

        var told = Assert.Single(await QuotaAsync(mailbox));
        Assert.Equal("QuotaExceed", told.GetProperty("type").GetString());
        Assert.Equal("lmtp", told.GetProperty("session").GetProperty("service").GetString());
        var quota = told.GetProperty("quota");
        var totals = await mailbox.Grain.TotalsAsync();
        Assert.Equal(
            (MailboxCluster.QuotaBytes, totals.SizeBytes, totals.Messages),
            (quota.GetProperty("diskQuota").GetInt64(), quota.GetProperty("diskUsed").GetInt64(), quota.GetProperty("messages").GetInt64()));
        Assert.False(quota.TryGetProperty("maxMessages", out _));
        Assert.Equal(1, told.GetProperty("refused").GetProperty("messages").GetInt64());
        await mailbox.AssertChainAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_makes_room_says_so_and_the_next_refusal_is_told_again(bool reopened)
    {
        var mailbox = cluster.NewMailbox();
        var session = await FullAsync(mailbox);
        await RefuseAsync(() => mailbox.Grain.DeliverAsync(LargeDelivery()));
        if (reopened) session = await ReopenAsync(mailbox, session);
        await RefuseAsync(() => mailbox.Grain.DeliverAsync(LargeDelivery()));

        // A small one still fits, and leaves no room for a large one; nor does expunging it.
        await mailbox.Grain.DeliverAsync(Delivery());
        if (reopened) session = await ReopenAsync(mailbox, session);
        await RefuseAsync(() => mailbox.Grain.DeliverAsync(LargeDelivery()));
        await ExpungeAsync(mailbox, session, 8);
        Assert.Equal(["QuotaExceed"], (await QuotaAsync(mailbox)).Select(e => e.GetProperty("type").GetString()));

        if (reopened) session = await ReopenAsync(mailbox, session);
        await ExpungeAsync(mailbox, session, 1);
        Assert.Equal(["MessageExpunge", "QuotaWithin"], (await mailbox.TypesAsync()).TakeLast(2));
        await mailbox.Grain.DeliverAsync(LargeDelivery());
        if (reopened) await ReopenAsync(mailbox, session);
        await RefuseAsync(() => mailbox.Grain.DeliverAsync(LargeDelivery()));
        Assert.Equal(["QuotaExceed", "QuotaWithin", "QuotaExceed"], (await QuotaAsync(mailbox)).Select(e => e.GetProperty("type").GetString()));
        await mailbox.AssertChainAsync();
    }

    [Fact]
    public async Task A_refusal_whose_event_was_lost_is_told_by_the_next()
    {
        var mailbox = cluster.NewMailbox();
        await FullAsync(mailbox);
        cluster.Committer.Break(mailbox.Account);
        Assert.Equal(MailboxError.Unavailable, await ErrorOf(() => mailbox.Grain.DeliverAsync(LargeDelivery())));
        cluster.Committer.Repair(mailbox.Account);
        await RefuseAsync(() => mailbox.Grain.DeliverAsync(LargeDelivery()));
        Assert.Single(await QuotaAsync(mailbox));
    }

    [Fact]
    public async Task Deleting_a_folder_makes_room_too()
    {
        var mailbox = cluster.NewMailbox();
        var session = await FullAsync(mailbox);
        await mailbox.Grain.CreateFolderAsync(session, "Old", null);
        await mailbox.Grain.CopyAsync(session, new CopyRequest(Set(1, 4), ByUid: true, "Old", Move: true, NewOperation()));
        await RefuseAsync(() => CopyAsync(mailbox, session));
        await mailbox.Grain.DeleteFolderAsync(session, "Old");
        Assert.Equal(["MailboxDelete", "QuotaWithin"], (await mailbox.TypesAsync()).TakeLast(2));
    }

    [Fact]
    public void A_refusal_is_kept_in_this_form()
    {
        const string Golden = "0100000000000000020000000000002800";
        Assert.Equal(Golden, Convert.ToHexString(new Refusal(2, 10_240).Encode()));
        Assert.Equal(new Refusal(2, 10_240), Refusal.Decode(Convert.FromHexString(Golden)));
        Assert.Throws<InvalidDataException>(() => Refusal.Decode("\x02"u8));
    }

    private static async Task<SessionId> FullAsync(TestMailbox mailbox)
    {
        var session = await mailbox.SelectAsync();
        for (var i = 0; i < 7; i++) await AppendAsync(mailbox, session);
        return session;
    }

    /// <summary>The mailbox as another activation opens it: what only the last one knew is gone.</summary>
    private static async Task<SessionId> ReopenAsync(TestMailbox mailbox, SessionId before)
    {
        await mailbox.Grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        Assert.Equal(MailboxError.UnknownSession, await ErrorOf(() => mailbox.Grain.SyncAsync(before, UpdateScope.All)));
        return await mailbox.SelectAsync();
    }

    private static async Task RefuseAsync(Func<Task> call) => Assert.Equal(MailboxError.OverQuota, await ErrorOf(call));

    private static string LargeText() => "Subject: large\r\n\r\n" + Guid.NewGuid() + new string('x', Large - 60);

    private static Delivery LargeDelivery() => Delivery(text: LargeText());

    private static Task<AppendResult> AppendAsync(TestMailbox mailbox, SessionId session) => mailbox.Grain.AppendAsync(
        new AppendRequest(session, NewOperation(), "INBOX", [new AppendMessage(Content(LargeText()), [], null)]));

    private static Task<CopyResult> CopyAsync(TestMailbox mailbox, SessionId session) =>
        mailbox.Grain.CopyAsync(session, new CopyRequest(NumberSet.All, ByUid: true, "Trash", Move: false, NewOperation()));

    private static async Task ExpungeAsync(TestMailbox mailbox, SessionId session, uint uid)
    {
        await mailbox.Grain.SyncAsync(session, UpdateScope.All);
        await mailbox.StoreAsync(session, Set(uid), StoreMode.Add, @"\Deleted");
        await mailbox.Grain.ExpungeAsync(session, new ExpungeRequest());
    }

    private static async Task<List<JsonElement>> QuotaAsync(TestMailbox mailbox) =>
    [
        .. (await mailbox.EventsAsync()).Where(e => e.Type.StartsWith("Quota", StringComparison.Ordinal))
            .Select(e => JsonDocument.Parse(e.Payload).RootElement),
    ];
}
