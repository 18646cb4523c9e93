using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using Orleans.Runtime;

namespace MailGrains.Authentication.Tests.Directory;

public sealed class DirectoryTests(DirectoryCluster cluster) : IClassFixture<DirectoryCluster>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_found_by_its_addresses_and_in_the_list()
    {
        var (address, alias, account) = (cluster.NewAddress(), cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(address, null);
        var profile = await account.AddAddressAsync(alias);
        Assert.Equal([address.Key, alias.Key], profile.Addresses);
        Assert.Equal(address.Key, profile.Login);
        Assert.Equal(cluster.Clock.GetUtcNow(), profile.CreatedAt);
        Assert.Equal(DirectoryCluster.IdOf(account), await AccountAtAsync(alias));
        Assert.Contains(DirectoryCluster.IdOf(account), await ListedAsync());
        Assert.Null(await cluster.AddressGrain(cluster.NewAddress()).ResolveAsync());
        Assert.Null(await cluster.NewAccount().GetAsync());
    }

    /// <summary>Nobody is turned away, or has to ask again, because the address is nobody's.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Many_may_ask_at_once_for_an_address_that_nobody_has()
    {
        var address = cluster.AddressGrain(cluster.NewAddress());
        for (var round = 0; round < 10; round++)
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => address.ResolveAsync())), Assert.Null);

        // And soon it is not in memory any more.
        var management = cluster.Grains.GetGrain<IManagementGrain>(0);
        var limit = TestContext.Current.CancellationToken;
        while ((await management.GetDetailedGrainStatistics(null, null, limit)).Any(grain => grain.GrainId == address.GetGrainId())) limit.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Of_many_accounts_that_want_one_address_one_gets_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var address = cluster.NewAddress();
            var accounts = Enumerable.Range(0, 12).Select(_ => cluster.NewAccount()).ToList();
            var created = await Task.WhenAll(accounts.Select(a => TriesAsync(() => a.CreateAsync(address, null))));
            var winner = Assert.Single(accounts.Zip(created), a => a.Second).First;
            Assert.Equal(DirectoryCluster.IdOf(winner), await AccountAtAsync(address));
            foreach (var loser in accounts.Where(a => a != winner))
            {
                Assert.Null(await loser.GetAsync());
                Assert.Empty(await cluster.EventsAsync(loser));
            }
        }
    }

    [Fact]
    public async Task Of_many_accounts_that_want_one_more_address_one_gets_it()
    {
        var accounts = Enumerable.Range(0, 6).Select(_ => cluster.NewAccount()).ToList();
        foreach (var account in accounts) await account.CreateAsync(cluster.NewAddress(), null);
        var alias = cluster.NewAddress();
        var added = await Task.WhenAll(accounts.Select(a => TriesAsync(() => a.AddAddressAsync(alias))));
        var winner = Assert.Single(accounts.Zip(added), a => a.Second).First;
        Assert.Equal(DirectoryCluster.IdOf(winner), await AccountAtAsync(alias));
        foreach (var account in accounts)
            Assert.Equal(account == winner, (await account.GetAsync())!.Addresses.Contains(alias.Key));
    }

    [Fact]
    public async Task A_removed_address_is_free_for_others()
    {
        var (alias, first, second) = (cluster.NewAddress(), cluster.NewAccount(), cluster.NewAccount());
        await first.CreateAsync(cluster.NewAddress(), null);
        await first.AddAddressAsync(alias);
        Assert.Equal(DirectoryCluster.IdOf(first), await AccountAtAsync(alias));
        await first.RemoveAddressAsync(alias);
        Assert.Null(await cluster.AddressGrain(alias).ResolveAsync());
        await second.CreateAsync(alias, null);
        Assert.Equal(DirectoryError.NotFound, (await Assert.ThrowsAsync<DirectoryException>(() => first.RemoveAddressAsync(alias))).Error);
        Assert.Equal(DirectoryCluster.IdOf(second), await AccountAtAsync(alias));
    }

    [Fact]
    public async Task The_last_address_stays()
    {
        var (address, account) = (cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(address, null);
        Assert.Equal(DirectoryError.LastAddress, (await Assert.ThrowsAsync<DirectoryException>(() => account.RemoveAddressAsync(address))).Error);
        Assert.NotNull(await cluster.AddressGrain(address).ResolveAsync());
    }

    [Fact]
    public async Task A_deleted_account_leaves_its_addresses_and_the_list()
    {
        var (address, alias, account) = (cluster.NewAddress(), cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(address, null);
        await account.AddAddressAsync(alias);
        Assert.NotNull(await AccountAtAsync(address));
        await account.DeleteAsync();
        Assert.Null(await account.GetAsync());
        Assert.Null(await account.GetCredentialsAsync());
        Assert.Null(await cluster.AddressGrain(address).ResolveAsync());
        Assert.DoesNotContain(DirectoryCluster.IdOf(account), await ListedAsync());
        Assert.Equal(DirectoryError.NotFound, (await Assert.ThrowsAsync<DirectoryException>(() => account.DeleteAsync())).Error);
        await cluster.NewAccount().CreateAsync(alias, null);
    }

    [Fact]
    public async Task The_version_grows_with_every_change_and_survives_deletion()
    {
        var (address, account) = (cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(address, null);
        var before = (await account.GetCredentialsAsync())!.Version;
        await account.SetDisabledAsync(true);
        Assert.True((await account.GetCredentialsAsync())!.Version > before);
        await account.DeleteAsync();
        await account.CreateAsync(address, null);
        Assert.True((await account.GetCredentialsAsync())!.Version > before + 1);
    }

    [Fact]
    public async Task Disabling_is_known_at_the_address_at_once()
    {
        var (address, account) = (cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(address, null);
        foreach (var disabled in new[] { false, true, false })
        {
            await account.SetDisabledAsync(disabled);
            Assert.Equal(disabled, (await cluster.AddressGrain(address).ResolveAsync())!.Disabled);
        }
    }

    [Fact]
    public async Task What_another_node_changed_is_found_out()
    {
        var (address, account) = (cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(address, null);
        Assert.NotNull(await AccountAtAsync(address));
        var kept = await cluster.Directory.ReadAccountAsync(DirectoryCluster.IdOf(account), Cancellation);
        Assert.Equal(WriteOutcome.Done, await cluster.Directory.WriteAccountAsync(kept! with { Disabled = true, Version = 2 }, Cancellation));

        // A change under an old version is made again on the new one, and nothing of it is lost.
        await account.AddAddressAsync(cluster.NewAddress());
        Assert.Equal((true, 2), (await account.GetAsync())! is var now ? (now.Disabled, now.Addresses.Length) : default);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await cluster.AddressGrain(address).ResolveAsync())!.Disabled);
    }

    [Fact]
    public async Task Mail_to_a_group_reaches_its_members_as_they_are_now()
    {
        var (address, ada, bob) = (cluster.NewAddress(), cluster.NewAccount(), cluster.NewAccount());
        await ada.CreateAsync(cluster.NewAddress(), null);
        await bob.CreateAsync(cluster.NewAddress(), null);
        var (outer, inner) = ($"outer {address.LocalPart}", $"inner {address.LocalPart}");
        await cluster.Whole.CreateGroupAsync(outer, address);
        await cluster.Whole.CreateGroupAsync(inner, null);
        await AssertReachesAsync(address);
        await cluster.Whole.AddMemberAsync(outer, DirectoryCluster.IdOf(ada));
        await AssertReachesAsync(address, ada);
        await cluster.Whole.AddMemberAsync(outer, (await cluster.Whole.GetGroupAsync(inner)).Id);
        await cluster.Whole.AddMemberAsync(inner, DirectoryCluster.IdOf(bob));
        await AssertReachesAsync(address, ada, bob);
        await bob.SetDisabledAsync(true);
        await AssertReachesAsync(address, ada);
        await bob.SetDisabledAsync(false);
        await AssertReachesAsync(address, ada, bob);
        await ada.DeleteAsync();
        await AssertReachesAsync(address, bob);
        await cluster.Whole.DeleteGroupAsync(inner);
        await AssertReachesAsync(address);
        await cluster.Whole.DeleteGroupAsync(outer);
        Assert.Null(await cluster.AddressGrain(address).ResolveAsync());
    }

    [Fact]
    public async Task A_group_has_a_name_and_is_not_in_itself()
    {
        var name = $"group {Guid.NewGuid()}";
        var group = await cluster.Whole.CreateGroupAsync(name, null);
        Assert.Equal(DirectoryError.NameTaken, await RefusedAsync(cluster.Whole.CreateGroupAsync(name, null)));
        Assert.Equal(DirectoryError.BadName, await RefusedAsync(cluster.Whole.CreateGroupAsync("all@example.org", null)));
        Assert.Equal(DirectoryError.Loop, await RefusedAsync(cluster.Whole.AddMemberAsync(name, group.Id)));
        Assert.Equal(DirectoryError.NotFound, await RefusedAsync(cluster.Whole.AddMemberAsync("nobody's", group.Id)));
    }

    private static async Task<DirectoryError> RefusedAsync(Task change) => (await Assert.ThrowsAsync<DirectoryException>(() => change)).Error;

    private static async Task<bool> TriesAsync(Func<Task<AccountProfile>> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (DirectoryException refused) when (refused.Error == DirectoryError.AddressTaken)
        {
            return false;
        }
    }

    private async Task AssertReachesAsync(MailAddress address, params IAccountGrain[] accounts) => Assert.Equal(
        accounts.Select(a => DirectoryCluster.IdOf(a).Value).Order(),
        (await cluster.AddressGrain(address).ResolveAsync())!.Members.Select(m => m.Value).Order());

    private async Task<AccountId?> AccountAtAsync(MailAddress address) => (await cluster.AddressGrain(address).ResolveAsync())?.Account;

    private async Task<IEnumerable<AccountId>> ListedAsync() => (await cluster.Whole.ListAsync(null, 10_000)).Select(a => a.Id);
}
