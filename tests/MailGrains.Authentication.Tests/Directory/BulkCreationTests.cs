using System.Text.Json;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Directory;
using MailGrains.Model;
using MailGrains.Storage.Accounts;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Authentication.Tests.Directory;

/// <summary>Many accounts at once: the mailboxes hear of it later, and all of them do.</summary>
public sealed class BulkCreationTests(DirectoryCluster cluster) : IClassFixture<DirectoryCluster>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_mailbox_has_the_act_in_the_end_with_who_did_it()
    {
        var accounts = Enumerable.Range(0, OwedActsSweep.Round + 20).Select(_ => new NewAccount(AccountId.New(TimeProvider.System), cluster.NewAddress(), null)).ToList();
        var taken = accounts[0] with { Id = AccountId.New(TimeProvider.System) };
        var refused = await cluster.Whole.CreateAsync([.. accounts, taken], new AdminActor("admin", "192.0.2.1"));
        Assert.Equal(DirectoryError.AddressTaken, refused[^1]);
        Assert.All(refused[..^1], Assert.Null);
        Assert.True((await cluster.Whole.CountAsync()).OwedActs >= accounts.Count);

        var sweep = new OwedActsSweep(cluster.Directory, cluster.Grains, TimeProvider.System, NullLogger<OwedActsSweep>.Instance);
        AccountId? after = null;
        do after = await sweep.SweepAsync(after, Cancellation);
        while (after is not null);
        Assert.Equal(0, (await cluster.Whole.CountAsync()).OwedActs);
        foreach (var account in accounts)
        {
            var (type, payload) = Assert.Single(await EventsAsync(account));
            Assert.Equal(("AccountCreate", account.Address.Key), (type, payload.GetProperty("address").GetString()));
            Assert.Equal("admin", payload.GetProperty("actor").GetProperty("login").GetString());
            Assert.Equal("192.0.2.1", payload.GetProperty("session").GetProperty("clientIp").GetString());
        }

        Assert.Empty(await EventsAsync(taken));
    }

    [Fact]
    public async Task What_the_sweep_and_the_account_both_bring_is_in_the_log_once()
    {
        var account = new NewAccount(AccountId.New(TimeProvider.System), cluster.NewAddress(), null);
        await cluster.Whole.CreateAsync([account], null);
        var owed = (await cluster.Directory.ListOwingAsync(null, 100, Cancellation)).Single(a => a.Id == account.Id);
        await cluster.Grains.GetGrain<IAccountGrain>(account.Id.Value).SetDisabledAsync(true);
        await OwedActs.BringAsync(cluster.Grains, account.Id, owed.Owed);
        Assert.Equal(["AccountCreate", "AccountDisable"], (await EventsAsync(account)).Select(e => e.Type));
    }

    private Task<IReadOnlyList<(string Type, JsonElement Payload)>> EventsAsync(NewAccount account) =>
        cluster.EventsAsync(cluster.Grains.GetGrain<IAccountGrain>(account.Id.Value));
}
