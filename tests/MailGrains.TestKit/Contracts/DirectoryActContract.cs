using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes the directory's log: each change with its act, in one transaction and in order, and nothing for what was no change.</summary>
public abstract class DirectoryActContract : DirectoryContract
{
    private static readonly DateTimeOffset Later = By.At.AddDays(1);

    [Fact]
    public async Task The_first_change_finds_all_there_is_written_down_before_it()
    {
        await GroupAsync("staff");
        Assert.Equal(["1 DirectorySnapshot events=0", "2 GroupCreate staff"], await OwedAsync());
        var act = (await Acts.ReadActsAsync(9, Cancellation))[1];
        Assert.Equal((new ActOrigin("admin", "192.0.2.1", By.At), 2L), (act.Origin, act.Number));
    }

    [Fact]
    public async Task Each_change_is_an_act_with_ids_and_the_names_of_then()
    {
        var (ada, staff, all) = (await CreatedAsync("ada@example.org", "also@example.org"), await GroupAsync("staff", "staff@example.org"), await GroupAsync("all"));
        await SettledAsync();
        await JoinAsync(staff, ada.Id);
        await JoinAsync(all, staff.Id);
        await Groups.GrantAsync("auditor", ada.Id, By, Cancellation);
        await Groups.GrantAsync("keeper", staff.Id, By, Cancellation);
        await Groups.RevokeAsync("auditor", ada.Id, By, Cancellation);
        await Groups.RemoveMemberAsync(staff.Id, ada.Id, By, Cancellation);
        await Groups.WriteDomainAsync(new DomainRecord("example.net", false), By, Cancellation);
        await Groups.WriteDomainAsync(new DomainRecord("example.net", true), By, Cancellation);
        await Groups.WriteDomainAsync(new DomainRecord("example.net", false), By, Cancellation);
        await Groups.RemoveDomainAsync("example.net", By, Cancellation);
        await Groups.DeleteGroupAsync(staff.Id, By, Cancellation);
        Assert.Equal(
            [
                "4 GroupMemberAdd staff account ada@example.org", "5 GroupMemberAdd all group staff", "6 RoleGrant auditor account ada@example.org",
                "7 RoleGrant keeper group staff", "8 RoleRevoke auditor account ada@example.org", "9 GroupMemberRemove staff account ada@example.org",
                "10 DomainAdd example.net", "11 DomainDisable example.net", "12 DomainEnable example.net", "13 DomainRemove example.net",
                "14 GroupMemberRemove all group staff", "15 RoleRevoke keeper group staff", "16 GroupDelete staff staff@example.org",
            ],
            await OwedAsync());
        var joined = (await Acts.ReadActsAsync(1, Cancellation))[0].Details;
        Assert.Equal(
            [("group", staff.Id.Value.ToString("D")), ("groupName", "staff"), ("member", ada.Id.Value.ToString("D"))],
            joined.Take(3).Select(d => (d.Name, d.Text)));
    }

    [Fact]
    public async Task What_is_refused_or_was_so_before_is_no_act()
    {
        var (ada, staff) = (await CreatedAsync("ada@example.org"), await GroupAsync("staff"));
        await JoinAsync(staff, ada.Id);
        await Groups.GrantAsync("auditor", ada.Id, By, Cancellation);
        await Groups.WriteDomainAsync(new DomainRecord("example.org", false), By, Cancellation);
        await SettledAsync();

        await JoinAsync(staff, ada.Id);
        Assert.Equal(WriteOutcome.Loop, await Groups.AddMemberAsync(staff.Id, staff.Id, By, Cancellation));
        Assert.Equal(WriteOutcome.NotFound, await Groups.AddMemberAsync(staff.Id, new AccountId(Guid.NewGuid()), By, Cancellation));
        Assert.Equal(WriteOutcome.NotFound, await Groups.RemoveMemberAsync(staff.Id, new AccountId(Guid.NewGuid()), By, Cancellation));
        Assert.Equal(WriteOutcome.Taken, await Groups.CreateGroupAsync(staff with { Id = new GroupId(Guid.NewGuid()) }, By, Cancellation));
        Assert.Equal(
            WriteOutcome.UnknownDomain,
            await Groups.CreateGroupAsync(new GroupRecord(new GroupId(Guid.NewGuid()), "g", "g@example.net", Created), By, Cancellation));
        await Groups.GrantAsync("auditor", ada.Id, By, Cancellation);
        Assert.Equal(WriteOutcome.NotFound, await Groups.RevokeAsync("keeper", ada.Id, By, Cancellation));
        await Groups.WriteDomainAsync(new DomainRecord("example.org", false), By, Cancellation);
        Assert.Equal(WriteOutcome.InUse, await Groups.RemoveDomainAsync("example.org", By, Cancellation));
        Assert.Equal(WriteOutcome.NotFound, await Groups.DeleteGroupAsync(new GroupId(Guid.NewGuid()), By, Cancellation));
        Assert.Equal(WriteOutcome.Stale, await Store.WriteAccountAsync(Deleted(ada) with { Version = 9 }, Cancellation));
        Assert.Empty(await OwedAsync());
        Assert.Equal(0, (await Store.CountAsync(Cancellation)).OwedActs);
    }

    [Fact]
    public async Task A_deleted_account_leaves_its_groups_and_roles_by_acts()
    {
        var (ada, staff, all) = (await CreatedAsync("ada@example.org"), await GroupAsync("staff"), await GroupAsync("all"));
        await JoinAsync(staff, ada.Id);
        await JoinAsync(all, ada.Id, staff.Id);
        await Groups.GrantAsync("auditor", ada.Id, By, Cancellation);
        await SettledAsync();
        Assert.Equal(WriteOutcome.Done, await Store.WriteAccountAsync(Deleted(ada), Cancellation));
        Assert.Equal(
            ["GroupMemberRemove all account ada@example.org", "GroupMemberRemove staff account ada@example.org", "RoleRevoke auditor account ada@example.org"],
            (await OwedAsync()).Select(a => a[(a.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public async Task A_snapshot_tells_everything()
    {
        var (ada, staff, all) = (await CreatedAsync("ada@example.org"), await GroupAsync("staff", "staff@example.org"), await GroupAsync("all"));
        await JoinAsync(all, ada.Id, staff.Id);
        await Groups.GrantAsync("auditor", ada.Id, By, Cancellation);
        await Groups.GrantAsync("auditor", staff.Id, By, Cancellation);
        await Groups.WriteDomainAsync(new DomainRecord("example.org", false), By, Cancellation);
        await Groups.WriteDomainAsync(new DomainRecord("example.net", true), By, Cancellation);
        await SettledAsync();

        Assert.False(await Acts.SnapshotAsync(Later, By.At, Cancellation));
        Assert.True(await Acts.SnapshotAsync(Later, Later, Cancellation));
        Assert.False(await Acts.SnapshotAsync(Later, Later, Cancellation));
        var acts = await Acts.ReadActsAsync(99, Cancellation);
        Assert.All(acts, a => Assert.Equal(new ActOrigin(null, null, Later), a.Origin));
        Assert.Equal(Enumerable.Range((int)acts[0].Number, 5).Select(n => (long)n), acts.Select(a => a.Number));
        Assert.Equal(
            [
                ("DirectorySnapshot", "events=4"),
                ("GroupSnapshot", $"group={Text(all.Id)} groupName=all accounts={Text(ada.Id)}:ada@example.org groups={Text(staff.Id)}"),
                ("GroupSnapshot", $"group={Text(staff.Id)} groupName=staff groupAddress=staff@example.org"),
                ("RoleSnapshot", $"role=auditor accounts={Text(ada.Id)}:ada@example.org groups={Text(staff.Id)}"),
                ("DomainSnapshot", "domains=example.org disabled=example.net"),
            ],
            acts.Select(a => (a.Type, string.Join(' ', a.Details.Select(d => $"{d.Name}={d.Text ?? $"{d.Number}"}")))));
    }

    [Fact]
    public async Task A_large_group_is_told_in_several_members_and_events()
    {
        const int Members = 800;
        var accounts = Enumerable.Range(0, Members).Select(i => NewAccount($"member{i:0000}.with.a.long.name@example.org")).ToList();
        Assert.All(await Store.CreateAccountsAsync(accounts, Cancellation), o => Assert.Equal(WriteOutcome.Done, o));
        var group = await GroupAsync("large");
        await JoinAsync(group, [.. accounts.Select(a => (MemberId)a.Id)]);
        await SettledAsync();
        await Acts.SnapshotAsync(Later, Later, Cancellation);

        var parts = (await Acts.ReadActsAsync(99, Cancellation)).Where(a => a.Type == "GroupSnapshot").ToList();
        Assert.True(parts.Count > 1);
        Assert.All(parts, p => Assert.True(p.Details.Length <= 14 && p.Details.All(d => d.Text!.Length <= 4096)));
        Assert.All(parts, p => Assert.Equal(("group", Text(group.Id)), (p.Details[0].Name, p.Details[0].Text)));
        Assert.Equal("accounts accounts2 accounts3", string.Join(' ', parts[^1].Details.Skip(2).Take(3).Select(d => d.Name)));
        var told = parts.SelectMany(p => p.Details.Skip(2)).SelectMany(d => d.Text!.Split(' '));
        Assert.Equal(accounts.Select(a => $"{Text(a.Id)}:{a.Addresses[0]}"), told);
    }

    [Fact]
    public async Task Acts_of_many_writers_have_numbers_without_gaps_in_the_order_of_their_changes()
    {
        var (ada, groups) = (await CreatedAsync("ada@example.org"), await Task.WhenAll(Enumerable.Range(0, 4).Select(i => GroupAsync($"g{i}"))));
        await Task.WhenAll(groups.Select(group => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await Groups.AddMemberAsync(group.Id, ada.Id, By, Cancellation);
                await Groups.RemoveMemberAsync(group.Id, ada.Id, By, Cancellation);
            }
        })));
        var acts = await Acts.ReadActsAsync(99, Cancellation);
        Assert.Equal(Enumerable.Range(1, 45).Select(n => (long)n), acts.Select(a => a.Number));
        foreach (var group in groups)
        {
            Assert.Equal(
                Enumerable.Repeat(new[] { "GroupMemberAdd", "GroupMemberRemove" }, 5).SelectMany(t => t),
                acts.Where(a => a.Type != "GroupCreate" && a.Details[0].Text == Text(group.Id)).Select(a => a.Type));
        }
    }

    [Fact]
    public async Task Acts_are_read_in_pages_and_struck_out_in_order()
    {
        for (var i = 0; i < 4; i++) await GroupAsync($"g{i}");
        Assert.Equal([1L, 2], (await Acts.ReadActsAsync(2, Cancellation)).Select(a => a.Number));
        for (var twice = 0; twice < 2; twice++) await Acts.SettleActsAsync(3, Cancellation);
        Assert.Equal([4L, 5], (await Acts.ReadActsAsync(9, Cancellation)).Select(a => a.Number));
        await Acts.SettleActsAsync(5, Cancellation);
        await GroupAsync("last");
        Assert.Equal([6L], (await Acts.ReadActsAsync(9, Cancellation)).Select(a => a.Number));
    }

    private static string Text(MemberId id) => id.Value.ToString("D");

    private async Task SettledAsync() => await Acts.SettleActsAsync(long.MaxValue, Cancellation);

    /// <summary>What is owed: number, type and all that is no id.</summary>
    private async Task<IReadOnlyList<string>> OwedAsync() =>
    [
        .. (await Acts.ReadActsAsync(99, Cancellation)).Select(a => string.Join(
            ' ',
            [$"{a.Number}", a.Type, .. a.Details.Where(d => !Guid.TryParse(d.Text, out _)).Select(d => d.Text ?? $"{d.Name}={d.Number}")])),
    ];
}
