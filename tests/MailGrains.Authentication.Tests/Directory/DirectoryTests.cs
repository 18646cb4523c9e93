using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Authentication.Tests.Directory;

public sealed class DirectoryTests(DirectoryCluster cluster) : IClassFixture<DirectoryCluster>
{
    [Fact]
    public async Task An_account_is_found_by_its_addresses_and_in_the_list()
    {
        var (address, alias, account) = (cluster.NewAddress(), cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(address, null);
        var profile = await account.AddAddressAsync(alias);
        Assert.Equal([address.Key, alias.Key], profile.Addresses);
        Assert.Equal(address.Key, profile.Login);
        Assert.Equal(cluster.Clock.GetUtcNow(), profile.CreatedAt);
        Assert.Equal(DirectoryCluster.IdOf(account), await cluster.AddressGrain(alias).ResolveAsync());
        Assert.Contains(DirectoryCluster.IdOf(account), await ListedWithAsync(account));
        Assert.Null(await cluster.AddressGrain(cluster.NewAddress()).ResolveAsync());
        Assert.Null(await cluster.NewAccount().GetAsync());
    }

    [Fact]
    public async Task Of_many_accounts_that_want_one_address_one_gets_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var address = cluster.NewAddress();
            var accounts = Enumerable.Range(0, 12).Select(_ => cluster.NewAccount()).ToList();
            var created = await Task.WhenAll(accounts.Select(a => TriesAsync(() => a.CreateAsync(address, null))));
            var winner = Assert.Single(accounts.Zip(created), a => a.Second).First;
            Assert.Equal(DirectoryCluster.IdOf(winner), await cluster.AddressGrain(address).ResolveAsync());
            foreach (var loser in accounts.Where(a => a != winner))
            {
                Assert.Null(await loser.GetAsync());
                Assert.DoesNotContain(DirectoryCluster.IdOf(loser), await ListedWithAsync(loser));
                Assert.Empty(await cluster.EventsAsync(loser));
            }
        }
    }

    [Fact]
    public async Task Of_many_accounts_that_want_one_more_address_one_gets_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var accounts = Enumerable.Range(0, 6).Select(_ => cluster.NewAccount()).ToList();
            foreach (var account in accounts) await account.CreateAsync(cluster.NewAddress(), null);
            var alias = cluster.NewAddress();
            var added = await Task.WhenAll(accounts.Select(a => TriesAsync(() => a.AddAddressAsync(alias))));
            var winner = Assert.Single(accounts.Zip(added), a => a.Second).First;
            Assert.Equal(DirectoryCluster.IdOf(winner), await cluster.AddressGrain(alias).ResolveAsync());
            foreach (var account in accounts)
                Assert.Equal(account == winner, (await account.GetAsync())!.Addresses.Contains(alias.Key));
        }
    }

    [Fact]
    public async Task A_claim_whose_account_never_came_to_be_gives_way()
    {
        var (address, account) = (cluster.NewAddress(), cluster.NewAccount());
        Assert.True(await cluster.AddressGrain(address).ClaimAsync(new AccountId(Guid.NewGuid())));
        await account.CreateAsync(address, null);
        Assert.Equal(DirectoryCluster.IdOf(account), await cluster.AddressGrain(address).ResolveAsync());
        Assert.False(await cluster.AddressGrain(address).ClaimAsync(new AccountId(Guid.NewGuid())));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_refused_and_nothing_is_left_of_the_attempt()
    {
        var (address, first, second) = (cluster.NewAddress(), cluster.NewAccount(), cluster.NewAccount());
        await first.CreateAsync(address, null);
        var refused = await Assert.ThrowsAsync<DirectoryException>(() => second.CreateAsync(address, null));
        Assert.Equal(DirectoryError.AddressTaken, refused.Error);
        Assert.Null(await second.GetAsync());
        Assert.DoesNotContain(DirectoryCluster.IdOf(second), await ListedWithAsync(second));
    }

    [Fact]
    public async Task A_removed_address_is_free_for_others()
    {
        var (alias, first, second) = (cluster.NewAddress(), cluster.NewAccount(), cluster.NewAccount());
        await first.CreateAsync(cluster.NewAddress(), null);
        await first.AddAddressAsync(alias);
        await first.RemoveAddressAsync(alias);
        Assert.Null(await cluster.AddressGrain(alias).ResolveAsync());
        await second.CreateAsync(alias, null);
        Assert.Equal(DirectoryError.NotFound, (await Assert.ThrowsAsync<DirectoryException>(() => first.RemoveAddressAsync(alias))).Error);
        Assert.Equal(DirectoryCluster.IdOf(second), await cluster.AddressGrain(alias).ResolveAsync());
    }

    [Fact]
    public async Task A_removal_that_ended_half_way_is_mended_by_doing_it_or_undoing_it()
    {
        var (one, two, account) = (cluster.NewAddress(), cluster.NewAddress(), cluster.NewAccount());
        await account.CreateAsync(cluster.NewAddress(), null);
        foreach (var alias in new[] { one, two })
        {
            await account.AddAddressAsync(alias);
            await cluster.AddressGrain(alias).ReleaseAsync(DirectoryCluster.IdOf(account)); // as far as the crash let it come
        }

        await account.RemoveAddressAsync(one);
        await account.AddAddressAsync(two);
        Assert.Null(await cluster.AddressGrain(one).ResolveAsync());
        Assert.Equal(DirectoryCluster.IdOf(account), await cluster.AddressGrain(two).ResolveAsync());
        Assert.Contains(two.Key, (await account.GetAsync())!.Addresses);
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
        await account.DeleteAsync();
        Assert.Null(await account.GetAsync());
        Assert.Null(await account.GetCredentialsAsync());
        Assert.Null(await cluster.AddressGrain(address).ResolveAsync());
        Assert.DoesNotContain(DirectoryCluster.IdOf(account), await ListedWithAsync(account));
        Assert.Equal(DirectoryError.NotFound, (await Assert.ThrowsAsync<DirectoryException>(account.DeleteAsync)).Error);
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

    private async Task<IEnumerable<AccountId>> ListedWithAsync(IAccountGrain account) =>
        await cluster.Grains.GetGrain<IAccountIndexGrain>(IAccountIndexGrain.ShardOf(DirectoryCluster.IdOf(account))).ListAsync();
}
