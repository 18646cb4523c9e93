using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes the directory of accounts.</summary>
public abstract class DirectoryStoreContract : DirectoryContract
{
    [Fact]
    public async Task An_account_is_read_back_as_written()
    {
        var account = NewAccount("ada@example.org", "b@example.org", "a@example.org") with { Disabled = true, Owed = [Act(1)] };
        await Store.WriteAccountAsync(account, Cancellation);
        AssertSame(account, await Store.ReadAccountAsync(account.Id, Cancellation));
        Assert.Null(await Store.ReadAccountAsync(new AccountId(Guid.NewGuid()), Cancellation));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Either_verifier_may_be_missing(bool argon2, bool scram)
    {
        var password = argon2 || scram ? new PasswordVerifiers(argon2 ? "$argon2id$" : null, scram ? Password(1).Scram : null) : null;
        var account = NewAccount("ada@example.org") with { Password = password };
        await Store.WriteAccountAsync(account, Cancellation);
        AssertSame(account, await Store.ReadAccountAsync(account.Id, Cancellation));
    }

    [Fact]
    public async Task Addresses_lead_to_their_account_until_they_are_taken_away()
    {
        var account = await CreatedAsync("ada@example.org", "also@example.org");
        Assert.Equal((account.Id, false), (await ResolveAsync("also@example.org")) is { Account: { } id } found ? (id, found.Disabled) : default);
        Assert.Null(await ResolveAsync("nobody@example.org"));

        var fewer = Next(account) with { Addresses = ["also@example.org"], Disabled = true };
        Assert.Equal(WriteOutcome.Done, await Store.WriteAccountAsync(fewer, Cancellation));
        Assert.Null(await ResolveAsync("ada@example.org"));
        Assert.True((await ResolveAsync("also@example.org"))!.Disabled);
        await CreatedAsync("ada@example.org");
    }

    [Fact]
    public async Task A_change_of_an_older_version_changes_nothing()
    {
        var account = await CreatedAsync("ada@example.org");
        var changed = Next(account) with { Password = Password(2) };
        Assert.Equal(WriteOutcome.Done, await Store.WriteAccountAsync(changed, Cancellation));
        Assert.Equal(WriteOutcome.Stale, await Store.WriteAccountAsync(Next(account) with { Disabled = true, Owed = [Act(2)] }, Cancellation));
        Assert.Equal(WriteOutcome.Stale, await Store.WriteAccountAsync(account, Cancellation));
        AssertSame(changed, await Store.ReadAccountAsync(account.Id, Cancellation));
    }

    [Fact]
    public async Task An_address_belongs_to_one_whoever_asks_first()
    {
        var first = await CreatedAsync("ada@example.org");
        var second = NewAccount("bob@example.org", "ada@example.org") with { Owed = [Act(1)] };
        Assert.Equal(WriteOutcome.Taken, await Store.WriteAccountAsync(second, Cancellation));
        Assert.Null(await Store.ReadAccountAsync(second.Id, Cancellation));
        Assert.Null(await ResolveAsync("bob@example.org"));
        Assert.Equal(first.Id, (await ResolveAsync("ada@example.org"))!.Account);
        Assert.Equal(0, (await Store.CountAsync(Cancellation)).OwedActs);
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_the_address()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => Store.WriteAccountAsync(NewAccount($"own{i}@example.org", "wanted@example.org"), Cancellation))));
        Assert.Single(outcomes, WriteOutcome.Done);
        Assert.Equal(19, outcomes.Count(o => o == WriteOutcome.Taken));
        Assert.Equal(1, (await Store.CountAsync(Cancellation)).Accounts);
    }

    [Fact]
    public async Task A_deleted_account_leaves_its_version_and_its_debts()
    {
        var account = await CreatedAsync("ada@example.org");
        await Acts.SnapshotAsync(Created, Created, Cancellation);
        await Acts.SettleActsAsync(1, Cancellation);
        var deleted = Deleted(account) with { Owed = [Act(2)] };
        Assert.Equal(WriteOutcome.Done, await Store.WriteAccountAsync(deleted, Cancellation));
        AssertSame(deleted, await Store.ReadAccountAsync(account.Id, Cancellation));
        Assert.Null(await ResolveAsync("ada@example.org"));
        Assert.Empty(await Store.ListAccountsAsync(null, Limit, Cancellation));
        Assert.Equal(new DirectoryCounts(0, 1), await Store.CountAsync(Cancellation));
        Assert.Equal(account.Id, Assert.Single(await Store.ListOwingAsync(null, Limit, Cancellation)).Id);
    }

    [Fact]
    public async Task Debts_add_up_until_they_are_settled()
    {
        var account = NewAccount("ada@example.org") with { Owed = [Act(1)] };
        await Store.WriteAccountAsync(account, Cancellation);
        await Store.WriteAccountAsync(Next(account) with { Owed = [Act(2)] }, Cancellation);
        await Store.WriteAccountAsync(Next(Next(account)) with { Owed = [Act(3)] }, Cancellation);
        Assert.Equal([1L, 2, 3], (await Store.ReadAccountAsync(account.Id, Cancellation))!.Owed.Select(a => a.Version));

        for (var twice = 0; twice < 2; twice++) await Store.SettleAsync([(account.Id, 2), (new AccountId(Guid.NewGuid()), 9)], Cancellation);
        Assert.Equal([Act(3)], (await Store.ReadAccountAsync(account.Id, Cancellation))!.Owed.AsEnumerable());
        Assert.Equal([Act(3)], Assert.Single(await Store.ListOwingAsync(null, Limit, Cancellation)).Owed.AsEnumerable());
        await Store.SettleAsync([(account.Id, 3)], Cancellation);
        Assert.Empty(await Store.ListOwingAsync(null, Limit, Cancellation));
        Assert.Equal(new DirectoryCounts(1, 0), await Store.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Who_owes_is_listed_page_by_page()
    {
        for (var i = 0; i < 7; i++) await Store.WriteAccountAsync(NewAccount($"a{i}@example.org") with { Owed = [Act(1)] }, Cancellation);
        var seen = new List<AccountId>();
        while (await Store.ListOwingAsync(seen.Count == 0 ? null : seen[^1], 3, Cancellation) is { Count: > 0 } page) seen.AddRange(page.Select(a => a.Id));
        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(7, seen.Count);
    }

    [Fact]
    public async Task Accounts_are_listed_by_login_page_by_page()
    {
        string[] logins = ["a@example.org", "b@example.org", "b.c@example.org", "zoë@example.org", "zz@example.org"];
        foreach (var login in logins.Reverse()) await CreatedAsync(login, "0." + login);
        var seen = new List<string>();
        while (await Store.ListAccountsAsync(seen.Count == 0 ? null : seen[^1], 2, Cancellation) is { Count: > 0 } page)
        {
            Assert.All(page, a => Assert.Equal(["0." + a.Addresses[0]], a.Addresses.Skip(1)));
            seen.AddRange(page.Select(a => a.Addresses[0]));
        }

        Assert.Equal(logins.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Many_are_created_at_once_and_those_that_cannot_be_leave_the_others_alone()
    {
        var there = await CreatedAsync("there@example.org");
        AccountRecord[] batch =
        [
            NewAccount("one@example.org") with { Owed = [Act(1)] }, NewAccount("there@example.org"), NewAccount("one@example.org"),
            NewAccount("two@example.org") with { Id = there.Id }, NewAccount("three@example.org") with { Password = null },
        ];
        Assert.Equal(
            [WriteOutcome.Done, WriteOutcome.Taken, WriteOutcome.Taken, WriteOutcome.Stale, WriteOutcome.Done],
            await Store.CreateAccountsAsync(batch, Cancellation));
        AssertSame(batch[0], await Store.ReadAccountAsync(batch[0].Id, Cancellation));
        Assert.Equal(["one@example.org", "there@example.org", "three@example.org"], (await Store.ListAccountsAsync(null, Limit, Cancellation)).Select(a => a.Addresses[0]));
        var found = await Store.FindAccountsAsync(["three@example.org", "two@example.org", "there@example.org"], Cancellation);
        Assert.Equal([batch[4].Id, null, there.Id], found.Select(a => a?.Id));
    }
}
