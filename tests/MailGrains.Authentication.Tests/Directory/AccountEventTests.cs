using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Events;

namespace MailGrains.Authentication.Tests.Directory;

/// <summary>What administrators do is in the log of the mailbox it concerns, whatever happens in between.</summary>
public sealed class AccountEventTests(DirectoryCluster cluster) : IClassFixture<DirectoryCluster>
{
    private static readonly PasswordVerifiers Password = new("$argon2id$", ScramVerifiers.Create("x"u8, new byte[16], 4096));

    [Fact]
    public async Task Every_act_is_an_event()
    {
        var (address, alias, account) = (cluster.NewAddress(), cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(address, null);
        await account.SetPasswordAsync(Password, new AdminActor("admin", "192.0.2.1"));
        await account.AddAddressAsync(alias);
        await account.AddAddressAsync(alias);
        await account.RemoveAddressAsync(alias);
        await account.SetDisabledAsync(true);
        await account.SetDisabledAsync(true);
        await account.SetDisabledAsync(false);
        await account.DeleteAsync();

        var events = await cluster.EventsAsync(account);
        Assert.Equal(
            ["AccountCreate", "AccountPasswordChange", "AddressAdd", "AddressRemove", "AccountDisable", "AccountEnable", "AccountDelete"],
            events.Select(e => e.Type));
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7], events.Select(e => e.Payload.GetProperty("accountVersion").GetInt64()));
        Assert.Equal(address.Key, events[0].Payload.GetProperty("address").GetString());
        Assert.Equal(alias.Key, events[3].Payload.GetProperty("address").GetString());
        Assert.Equal("admin", events[1].Payload.GetProperty("actor").GetProperty("login").GetString());
        Assert.Equal("192.0.2.1", events[1].Payload.GetProperty("session").GetProperty("clientIp").GetString());
        Assert.True(events[0].Payload.GetProperty("actor").GetProperty("isAdmin").GetBoolean());
        await AssertChainAsync(account);
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_written_to_delays_the_event_and_not_the_act()
    {
        var (address, alias, account) = (cluster.NewAddress(), cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(address, null);
        cluster.Committer.IsBroken = true;
        await account.SetDisabledAsync(true);
        await account.AddAddressAsync(alias);
        cluster.Committer.IsBroken = false;
        Assert.True((await account.GetAsync())!.Disabled);
        Assert.Equal(["AccountCreate"], (await cluster.EventsAsync(account)).Select(e => e.Type));

        await account.SetPasswordAsync(Password);
        Assert.Equal(
            ["AccountCreate", "AccountDisable", "AddressAdd", "AccountPasswordChange"], (await cluster.EventsAsync(account)).Select(e => e.Type));
        await AssertChainAsync(account);
    }

    [Fact]
    public async Task What_a_crash_left_owed_is_recorded_when_the_account_is_next_looked_at()
    {
        var account = cluster.NewAccount();
        await account.CreateAsync(cluster.NewAddress(), null);
        cluster.Committer.IsBroken = true;
        await account.SetPasswordAsync(Password);
        cluster.Committer.IsBroken = false;

        await DirectoryCluster.ForgetAsync(account);
        while ((await cluster.EventsAsync(account)).Count < 2) await account.GetAsync();
        Assert.Equal(["AccountCreate", "AccountPasswordChange"], (await cluster.EventsAsync(account)).Select(e => e.Type));

        await DirectoryCluster.ForgetAsync(account);
        await account.SetDisabledAsync(true);
        Assert.Equal(3, (await cluster.EventsAsync(account)).Count);
    }

    [Fact]
    public async Task The_same_operation_is_recorded_once()
    {
        var account = cluster.NewAccount();
        var happened = new MailGrains.Grains.Contracts.Mailboxes.AccountEvent
        {
            Type = MailGrains.Grains.Contracts.Mailboxes.AccountEventType.AddressAdd,
            Origin = new MailGrains.Grains.Contracts.Sessions.SessionOrigin { Service = "admin" },
            Operation = BlobId.Of(Guid.NewGuid().ToByteArray()),
        };
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.Mailbox(account).RecordAsync(happened)));
        Assert.Single(await cluster.EventsAsync(account));
    }

    private async Task AssertChainAsync(IAccountGrain account)
    {
        BlobId previous = default;
        long sequence = 0;
        foreach (var written in await cluster.LogAsync(account))
        {
            Assert.Equal(++sequence, written.Sequence);
            previous = EventHash.Compute(previous, DirectoryCluster.IdOf(account), sequence, written.At, written.Type, written.Payload.Span);
            Assert.Equal(previous, written.Hash);
        }
    }
}
