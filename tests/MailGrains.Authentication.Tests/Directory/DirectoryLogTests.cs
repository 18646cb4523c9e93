using System.Text.Json;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Directory;
using MailGrains.Model.Accounts;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Authentication.Tests.Directory;

/// <summary>Changes of groups, roles and domains in the log: each once, with who made it, whatever is lost between.</summary>
public sealed class DirectoryLogTests : IAsyncLifetime
{
    private static readonly AdminActor By = new("admin", "192.0.2.1");

    private readonly DirectoryCluster _cluster = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_domain_that_is_disabled_counts_for_its_addresses_at_once()
    {
        await _cluster.Whole.SetDomainAsync(new DomainProfile("example.org", Disabled: false), By);
        var addresses = Enumerable.Range(0, 8).Select(_ => _cluster.NewAddress()).ToList();
        foreach (var address in addresses) await _cluster.NewAccount().CreateAsync(address, null);
        foreach (var disabled in new[] { false, true, false })
        {
            await _cluster.Whole.SetDomainAsync(new DomainProfile("example.org", disabled), By);
            foreach (var address in addresses) Assert.Equal(disabled, (await _cluster.AddressGrain(address).ResolveAsync())!.Disabled);
        }
    }

    [Fact]
    public async Task A_change_is_in_the_log_when_it_is_acknowledged_and_says_who_made_it()
    {
        var (group, ada) = (await _cluster.Whole.CreateGroupAsync("staff", DirectoryCluster.Address("staff@example.org"), By), await AccountAsync());
        await _cluster.Whole.AddMemberAsync("staff", ada, By);
        await _cluster.Whole.GrantAsync("auditor", group.Id, By);
        await _cluster.Whole.SetDomainAsync(new DomainProfile("example.net", Disabled: true), By);
        await _cluster.Whole.RemoveMemberAsync("staff", ada, By);
        await _cluster.Whole.DeleteGroupAsync("staff", By);
        var events = await EventsAsync();
        Assert.Equal(
            [
                "DirectorySnapshot", "GroupCreate", "GroupMemberAdd", "RoleGrant", "DomainAdd", "DomainDisable", "GroupMemberRemove", "RoleRevoke",
                "GroupDelete",
            ],
            events.Select(e => e.GetProperty("type").GetString()));
        Assert.All(events.Skip(1), e => Assert.Equal(
            ("admin", "192.0.2.1", "2026-03-01T12:00:00.0000000Z"),
            (Text(e, "actor", "login"), Text(e, "session", "clientIp"), e.GetProperty("changedAt").GetString())));
        Assert.Equal(group.Id.Value.ToString("D"), events[2].GetProperty("group").GetString());
        Assert.Equal(ada.Value.ToString("D"), events[2].GetProperty("member").GetString());
    }

    [Fact]
    public async Task What_a_deleted_account_leaves_is_in_the_log()
    {
        await _cluster.Whole.CreateGroupAsync("staff", null);
        var ada = await AccountAsync();
        await _cluster.Whole.AddMemberAsync("staff", ada);
        await _cluster.Grains.GetGrain<IAccountGrain>(ada.Value).DeleteAsync(By);
        var last = (await EventsAsync())[^1];
        Assert.Equal(("GroupMemberRemove", "admin"), (last.GetProperty("type").GetString(), Text(last, "actor", "login")));
    }

    [Fact]
    public async Task A_change_whose_node_died_before_its_event_gets_it_from_another()
    {
        await _cluster.Whole.CreateGroupAsync("staff", null, By);
        _cluster.Committer.IsBroken = true;
        await _cluster.Whole.CreateGroupAsync("legal", null, By);
        var ada = await AccountAsync();
        await _cluster.Whole.AddMemberAsync("legal", ada, By);
        Assert.Equal("GroupCreate staff", Names(await EventsAsync())[^1]);
        Assert.Equal("legal", (await _cluster.Whole.GetGroupAsync("legal")).Name);

        _cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        _cluster.Committer.IsBroken = false;
        await Sweep().SweepAsync(Cancellation);
        Assert.Equal(["DirectorySnapshot ", "GroupCreate staff", "GroupCreate legal", "GroupMemberAdd legal"], Names(await EventsAsync()));

        // It was a member from the change on, not from the event.
        var then = _cluster.Clock.GetUtcNow() - TimeSpan.FromMinutes(4);
        Assert.Equal([ada], (await _cluster.Whole.ListMembersAsOfAsync("legal", then)).Select(m => m.Id));
    }

    [Fact]
    public async Task An_event_whose_node_died_before_it_was_struck_out_is_there_once()
    {
        _cluster.Committer.IsBroken = true;
        foreach (var name in new[] { "a", "b", "c" }) await _cluster.Whole.CreateGroupAsync(name, null, By);
        _cluster.Committer.IsBroken = false;
        var log = _cluster.Grains.GetGrain<IMailboxGrain>(DirectoryLog.Id.Value);
        foreach (var act in (await _cluster.Directory.ReadActsAsync(3, Cancellation)).Reverse()) await log.RecordAsync(DirectoryLogGrain.EventOf(act));

        await Task.WhenAll(Sweep().SweepAsync(Cancellation), Sweep().SweepAsync(Cancellation));
        Assert.Equal(["DirectorySnapshot ", "GroupCreate a", "GroupCreate b", "GroupCreate c"], Names(await EventsAsync()).Order());
        Assert.Equal(0, (await _cluster.Whole.CountAsync()).OwedActs);
        Assert.Empty(await _cluster.Whole.ListMembersAsOfAsync("b", _cluster.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task More_than_one_call_brings_is_brought_in_several()
    {
        _cluster.Committer.IsBroken = true;
        foreach (var n in Enumerable.Range(0, DirectoryLogGrain.Round + 20))
            await _cluster.Directory.CreateGroupAsync(new(new GroupId(Guid.NewGuid()), $"g{n}", null, default), new(null, null, _cluster.Clock.GetUtcNow()), Cancellation);
        _cluster.Committer.IsBroken = false;
        await Sweep().SweepAsync(Cancellation);
        Assert.Equal(DirectoryLogGrain.Round + 21, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task Snapshots_are_made_again_where_the_log_is_shortened()
    {
        var options = DirectoryLogOptions.For(TimeSpan.FromDays(12));
        await Sweep().SweepAsync(Cancellation);
        await Sweep(options).SweepAsync(Cancellation);
        Assert.Single(await EventsAsync());
        _cluster.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        await Sweep().SweepAsync(Cancellation);
        Assert.Single(await EventsAsync());
        await Sweep(options).SweepAsync(Cancellation);
        await Sweep(options).SweepAsync(Cancellation);
        Assert.Equal(2, (await EventsAsync()).Count);
    }

    private static string Text(JsonElement said, string outer, string inner) => said.GetProperty(outer).GetProperty(inner).GetString()!;

    private static List<string> Names(IEnumerable<JsonElement> events) =>
        [.. events.Select(e => $"{e.GetProperty("type")} {(e.TryGetProperty("groupName", out var name) ? name.GetString() : "")}")];

    private DirectoryLogSweep Sweep(DirectoryLogOptions? options = null) =>
        new(_cluster.Directory, _cluster.Grains, options ?? DirectoryLogOptions.For(null), _cluster.Clock, NullLogger<DirectoryLogSweep>.Instance);

    private async Task<MemberId> AccountAsync()
    {
        var account = _cluster.NewAccount();
        await account.CreateAsync(_cluster.NewAddress(), null);
        return DirectoryCluster.IdOf(account);
    }

    private Task<IReadOnlyList<JsonElement>> EventsAsync() => _cluster.DirectoryEventsAsync();
}
