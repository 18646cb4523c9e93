using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes groups, roles and domains.</summary>
public abstract class GroupStoreContract : DirectoryContract
{
    [Fact]
    public async Task A_group_reaches_everybody_in_it_once()
    {
        var (ada, bob, carol) = (await CreatedAsync("ada@example.org"), await CreatedAsync("bob@example.org"), await CreatedAsync("carol@example.org"));
        var (inner, outer) = (await GroupAsync("inner"), await GroupAsync("outer", "all@example.org"));
        await JoinAsync(inner, ada.Id, bob.Id);
        await JoinAsync(outer, inner.Id, bob.Id, carol.Id, carol.Id);

        await AssertReachesAsync("all@example.org", ada, bob, carol);
        Assert.Equal(outer.Id, (await ResolveAsync("all@example.org"))!.Group);
        Assert.Equal(2, (await Store.ResolveAsync("all@example.org", 1, Cancellation))!.Members.Length);
        Assert.Equal(["bob@example.org", "carol@example.org", "inner"], (await Groups.ListMembersAsync(outer.Id, Cancellation)).Select(m => m.Name));

        await Store.WriteAccountAsync(Next(bob) with { Disabled = true }, Cancellation);
        await AssertReachesAsync("all@example.org", ada, carol);
        await Store.WriteAccountAsync(Deleted(carol), Cancellation);
        await AssertReachesAsync("all@example.org", ada);
        Assert.Equal(WriteOutcome.Done, await Groups.RemoveMemberAsync(outer.Id, inner.Id, By, Cancellation));
        Assert.Equal(WriteOutcome.NotFound, await Groups.RemoveMemberAsync(outer.Id, inner.Id, By, Cancellation));
        await AssertReachesAsync("all@example.org");
    }

    [Fact]
    public async Task No_group_is_in_itself()
    {
        var (a, b, c) = (await GroupAsync("a"), await GroupAsync("b"), await GroupAsync("c"));
        await JoinAsync(a, b.Id);
        await JoinAsync(b, c.Id);
        Assert.Equal(WriteOutcome.Loop, await Groups.AddMemberAsync(a.Id, a.Id, By, Cancellation));
        Assert.Equal(WriteOutcome.Loop, await Groups.AddMemberAsync(c.Id, a.Id, By, Cancellation));
        await JoinAsync(a, c.Id);
    }

    [Fact]
    public async Task Groups_in_groups_are_followed_so_far_and_no_further()
    {
        var (ada, bob) = (await CreatedAsync("ada@example.org"), await CreatedAsync("bob@example.org"));
        var groups = new List<GroupRecord> { await GroupAsync("top", "all@example.org") };
        for (var level = 2; level <= IDirectoryStore.MaxGroupDepth + 1; level++)
        {
            groups.Add(await GroupAsync($"level {level}"));
            await JoinAsync(groups[^2], groups[^1].Id);
        }

        await JoinAsync(groups[IDirectoryStore.MaxGroupDepth - 1], ada.Id);
        await JoinAsync(groups[IDirectoryStore.MaxGroupDepth], bob.Id);
        await AssertReachesAsync("all@example.org", ada);
    }

    [Fact]
    public async Task The_addresses_above_a_member_are_found()
    {
        var ada = await CreatedAsync("ada@example.org");
        var (inner, middle, outer) = (await GroupAsync("inner", "inner@example.org"), await GroupAsync("middle"), await GroupAsync("outer", "outer@example.org"));
        await JoinAsync(inner, ada.Id);
        await JoinAsync(middle, inner.Id);
        await JoinAsync(outer, middle.Id);
        Assert.Equal(["inner@example.org", "outer@example.org"], (await Groups.FindGroupAddressesAsync(ada.Id, Cancellation)).Order());
        Assert.Equal(["outer@example.org"], await Groups.FindGroupAddressesAsync(outer.Id, Cancellation));
    }

    [Fact]
    public async Task What_somebody_is_in_and_holds_is_found_through_groups_too()
    {
        var (ada, bob) = (await CreatedAsync("ada@example.org"), await CreatedAsync("bob@example.org"));
        var (inner, outer) = (await GroupAsync("inner"), await GroupAsync("Outer", "outer@example.org"));
        await JoinAsync(inner, ada.Id);
        await JoinAsync(outer, inner.Id, ada.Id, bob.Id);
        foreach (var (role, holder) in new (string, MemberId)[] { ("auditor", ada.Id), ("auditor", outer.Id), ("archivist", inner.Id), ("keeper", bob.Id) })
            await Groups.GrantAsync(role, holder, By, Cancellation);

        var found = await Groups.FindMembershipsAsync(ada.Id, Cancellation);
        Assert.Equal(["Outer", "inner"], found.Groups);
        Assert.Equal(["archivist", "auditor"], found.Roles);
        var ofGroup = await Groups.FindMembershipsAsync(inner.Id, Cancellation);
        Assert.Equal(["Outer"], ofGroup.Groups);
        Assert.Equal(["archivist", "auditor"], ofGroup.Roles);

        await Groups.RemoveMemberAsync(outer.Id, bob.Id, By, Cancellation);
        var left = await Groups.FindMembershipsAsync(bob.Id, Cancellation);
        Assert.Empty(left.Groups);
        Assert.Equal(["keeper"], left.Roles);
    }

    [Fact]
    public async Task Names_and_addresses_of_groups_are_theirs_alone_until_they_are_deleted()
    {
        var ada = await CreatedAsync("ada@example.org");
        var group = await GroupAsync("staff", "staff@example.org");
        await JoinAsync(group, ada.Id);
        Assert.Equal(group, await Groups.FindGroupAsync("staff", Cancellation));
        Assert.Null(await Groups.FindGroupAsync("Staff", Cancellation));
        foreach (var (name, address) in new[] { ("staff", null), ("other", "staff@example.org"), ("other", "ada@example.org") })
            Assert.Equal(WriteOutcome.Taken, await Groups.CreateGroupAsync(group with { Id = new GroupId(Guid.NewGuid()), Name = name, Address = address }, By, Cancellation));
        Assert.Equal(WriteOutcome.Taken, await Store.WriteAccountAsync(NewAccount("staff@example.org"), Cancellation));
        Assert.Equal(WriteOutcome.NotFound, await Groups.AddMemberAsync(group.Id, new AccountId(Guid.NewGuid()), By, Cancellation));

        Assert.Equal(WriteOutcome.Done, await Groups.DeleteGroupAsync(group.Id, By, Cancellation));
        Assert.Equal(WriteOutcome.NotFound, await Groups.DeleteGroupAsync(group.Id, By, Cancellation));
        Assert.Empty(await Groups.FindGroupAddressesAsync(ada.Id, Cancellation));
        Assert.Equal(WriteOutcome.NotFound, await Groups.AddMemberAsync(group.Id, ada.Id, By, Cancellation));
        await CreatedAsync("staff@example.org");
    }

    [Fact]
    public async Task Groups_are_listed_by_name_page_by_page()
    {
        foreach (var name in new[] { "c", "a", "b" }) await GroupAsync(name, name == "b" ? "b@example.org" : null);
        Assert.Equal(["a", "b"], (await Groups.ListGroupsAsync(null, 2, Cancellation)).Select(g => g.Name));
        Assert.Equal(["b@example.org", null], (await Groups.ListGroupsAsync("a", 9, Cancellation)).Select(g => g.Address));
    }

    [Fact]
    public async Task Roles_are_held_until_revoked_or_their_holder_is_gone()
    {
        var (ada, staff) = (await CreatedAsync("ada@example.org"), await GroupAsync("staff"));
        for (var twice = 0; twice < 2; twice++) Assert.Equal(WriteOutcome.Done, await Groups.GrantAsync("auditor", ada.Id, By, Cancellation));
        await Groups.GrantAsync("archivist", staff.Id, By, Cancellation);
        await Groups.GrantAsync("auditor", staff.Id, By, Cancellation);
        Assert.Equal(WriteOutcome.NotFound, await Groups.GrantAsync("auditor", new AccountId(Guid.NewGuid()), By, Cancellation));
        Assert.Equal(
            [("archivist", "staff", true), ("auditor", "ada@example.org", false), ("auditor", "staff", true)],
            (await Groups.ListRolesAsync(Cancellation)).Select(r => (r.Role, r.Holder.Name, r.Holder.Member.IsGroup)));

        Assert.Equal(WriteOutcome.Done, await Groups.RevokeAsync("auditor", staff.Id, By, Cancellation));
        Assert.Equal(WriteOutcome.NotFound, await Groups.RevokeAsync("auditor", staff.Id, By, Cancellation));
        await Groups.DeleteGroupAsync(staff.Id, By, Cancellation);
        await Store.WriteAccountAsync(Deleted(ada), Cancellation);
        Assert.Empty(await Groups.ListRolesAsync(Cancellation));
    }

    [Fact]
    public async Task With_a_list_of_domains_new_addresses_must_be_in_one()
    {
        var ada = await CreatedAsync("ada@example.org");
        await Groups.WriteDomainAsync(new DomainRecord("example.net", false), By, Cancellation);
        Assert.Equal(WriteOutcome.UnknownDomain, await Store.WriteAccountAsync(NewAccount("bob@example.org"), Cancellation));
        Assert.Equal([WriteOutcome.UnknownDomain], await Store.CreateAccountsAsync([NewAccount("bob@example.org")], Cancellation));
        Assert.Equal(
            WriteOutcome.UnknownDomain,
            await Groups.CreateGroupAsync(new GroupRecord(new GroupId(Guid.NewGuid()), "g", "g@example.org", Created), By, Cancellation));
        Assert.Equal(WriteOutcome.Done, await Store.WriteAccountAsync(Next(ada) with { Addresses = ["ada@example.org", "ada@example.net"] }, Cancellation));

        Assert.Equal(WriteOutcome.InUse, await Groups.RemoveDomainAsync("example.net", By, Cancellation));
        await Groups.WriteDomainAsync(new DomainRecord("example.com", false), By, Cancellation);
        Assert.Equal(WriteOutcome.Done, await Groups.RemoveDomainAsync("example.com", By, Cancellation));
        Assert.Equal(WriteOutcome.NotFound, await Groups.RemoveDomainAsync("example.com", By, Cancellation));
    }

    [Fact]
    public async Task A_disabled_domain_disables_its_addresses_and_no_others()
    {
        await CreatedAsync("ada@example.net", "ada@example.org");
        await GroupAsync("g", "g@example.net");
        await Groups.WriteDomainAsync(new DomainRecord("example.net", true), By, Cancellation);
        Assert.True((await ResolveAsync("ada@example.net"))!.Disabled);
        Assert.True((await ResolveAsync("g@example.net"))!.Disabled);
        Assert.False((await ResolveAsync("ada@example.org"))!.Disabled);
        Assert.Equal([new DomainRecord("example.net", true)], await Groups.ListDomainsAsync(Cancellation));
        await Groups.WriteDomainAsync(new DomainRecord("example.net", false), By, Cancellation);
        Assert.False((await ResolveAsync("ada@example.net"))!.Disabled);
    }

    private async Task AssertReachesAsync(string address, params AccountRecord[] accounts) =>
        Assert.Equal(accounts.Select(a => a.Id.Value).Order(), (await ResolveAsync(address))!.Members.Select(m => m.Value).Order());
}
