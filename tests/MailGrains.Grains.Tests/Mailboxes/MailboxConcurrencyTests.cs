using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>Deliveries, flag changes and expunges at the same time, over a store that fails now and then.</summary>
public sealed class MailboxConcurrencyTests(MailboxCluster cluster)
{
    private const int Deliveries = 300;

    [Fact]
    public async Task Every_acknowledged_delivery_is_there_once_and_a_listening_client_ends_with_the_truth()
    {
        var mailbox = cluster.NewMailbox();
        var mirror = new ClientMirror(mailbox.Grain, await mailbox.OpenAsync());
        await mirror.SelectAsync("INBOX", readOnly: false);
        var storer = await mailbox.SelectAsync();
        var expunger = await mailbox.SelectAsync();

        var delivered = DeliverAllAsync(mailbox);
        var work = Task.WhenAll(
            delivered,
            UntilAsync(delivered, i => StoreSomeAsync(mailbox, storer, i)),
            UntilAsync(delivered, _ => mailbox.Grain.ExpungeAsync(expunger, new ExpungeRequest())),
            UntilAsync(delivered, i => ListenAsync(mailbox, mirror, i % 2 == 0 ? UpdateScope.All : UpdateScope.WithoutExpunges)),
            UntilAsync(delivered, i => StumbleAsync(mailbox, i)));
        await work.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        await ListenAsync(mailbox, mirror, UpdateScope.All);
        var fresh = await mailbox.SelectAsync();
        var rows = await mailbox.RowsAsync(fresh);
        Assert.Equal(TestMailbox.Uids(rows), mirror.Uids);
        var flags = new List<string>();
        foreach (var row in rows.Rows) flags.Add(string.Join(' ', rows.Keywords.Names(row.Flags).Order(StringComparer.Ordinal)));
        Assert.Equal(flags, mirror.Entries.Select(e => string.Join(' ', e!.Flags.Order(StringComparer.Ordinal))));

        var results = await delivered;
        Assert.Equal(Enumerable.Range(1, Deliveries).Select(i => (uint)i), results.Select(r => r.Uid).Order());
        var events = await mailbox.EventsAsync();
        Assert.Equal(Deliveries, events.Count(e => e.Type == "MessageNew"));
        Assert.Equal(results.Select(r => r.EventSequence).Order(), events.Where(e => e.Type == "MessageNew").Select(e => e.Sequence));
        await mailbox.AssertChainAsync();
        Assert.False(await mailbox.Grain.RecountAsync());
        Assert.DoesNotContain("never", (await mailbox.Grain.ListAsync()).Folders.Select(f => f.Path));
    }

    private static async Task<DeliveryResult[]> DeliverAllAsync(TestMailbox mailbox)
    {
        var results = new List<DeliveryResult>();
        for (var i = 0; i < Deliveries; i += 10)
            results.AddRange(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => DeliverOneAsync(mailbox))));
        return [.. results];
    }

    /// <summary>As a mail server does it: again, with the same operation, until it is accepted.</summary>
    private static async Task<DeliveryResult> DeliverOneAsync(TestMailbox mailbox)
    {
        var delivery = TestMailbox.Delivery();
        while (true)
        {
            try
            {
                return await mailbox.Grain.DeliverAsync(delivery);
            }
            catch (MailboxException failure) when (failure.Error == MailboxError.Unavailable)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task UntilAsync(Task end, Func<int, Task> act)
    {
        for (var i = 0; !end.IsCompleted; i++)
        {
            try
            {
                await act(i);
            }
            catch (MailboxException failure) when (failure.Error == MailboxError.Unavailable)
            {
                await Task.Yield();
            }
        }
    }

    private static Task StoreSomeAsync(TestMailbox mailbox, SessionId session, int round)
    {
        var set = new NumberSet([new NumberRange((uint)(round * 7 % Deliveries) + 1, NumberRange.Star)]);
        string[] flags = round % 3 == 0 ? [@"\Deleted"] : [@"\Seen", "$round"];
        return mailbox.StoreAsync(session, set, round % 2 == 0 ? StoreMode.Add : StoreMode.Remove, flags);
    }

    private static async Task ListenAsync(TestMailbox mailbox, ClientMirror mirror, UpdateScope scope) =>
        await mirror.ApplyAsync(await mailbox.Grain.SyncAsync(mirror.Session, scope), scope);

    private async Task StumbleAsync(TestMailbox mailbox, int round)
    {
        await mailbox.Grain.TotalsAsync();
        if (round % 20 != 19) return;
        cluster.Committer.Break(mailbox.Account);
        Assert.Equal(MailboxError.Unavailable, await TestMailbox.ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, "never", null)));
        cluster.Committer.Repair(mailbox.Account);
    }
}
