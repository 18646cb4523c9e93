using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;

namespace MailGrains.Grains.Directory;

internal sealed partial class DirectoryGrain
{
    private const int LongestName = 128;

    public async Task<ImmutableArray<GroupProfile>> ListGroupsAsync(string? after, int limit) =>
        [.. (await groups.ListGroupsAsync(after, Math.Clamp(limit, 1, MaxPage), CancellationToken.None)).Select(Profile)];

    public async Task<GroupProfile> GetGroupAsync(string name) => Profile(await GroupAsync(name));

    public async Task<GroupProfile> CreateGroupAsync(string name, MailAddress? address, AdminActor? by)
    {
        CheckName(name);
        var group = new GroupRecord(GroupId.New(time), name, address?.Key, time.GetUtcNow());
        switch (await groups.CreateGroupAsync(group, Origin(by), CancellationToken.None))
        {
            case WriteOutcome.UnknownDomain:
                throw new DirectoryException(DirectoryError.UnknownDomain, $"The domain of {address} is not in the list of domains.");
            case WriteOutcome.Taken:
                throw await groups.FindGroupAsync(name, CancellationToken.None) is null
                    ? new DirectoryException(DirectoryError.AddressTaken, $"{address} belongs to somebody else.")
                    : new DirectoryException(DirectoryError.NameTaken, $"There is a group '{name}' already.");
        }

        await RecordAsync();
        return Profile(group);
    }

    public async Task DeleteGroupAsync(string name, AdminActor? by)
    {
        var group = await GroupAsync(name);
        var affected = await groups.FindGroupAddressesAsync(group.Id, CancellationToken.None);
        Check(await groups.DeleteGroupAsync(group.Id, Origin(by), CancellationToken.None), $"There is no group '{name}'.");
        await AddressCaches.ForgetAsync(GrainFactory, affected, logger);
        await RecordAsync();
    }

    public async Task<ImmutableArray<MemberProfile>> ListMembersAsync(string group) =>
        [.. (await groups.ListMembersAsync((await GroupAsync(group)).Id, CancellationToken.None)).Select(Profile)];

    public async Task AddMemberAsync(string group, MemberId member, AdminActor? by)
    {
        var id = (await GroupAsync(group)).Id;
        var outcome = await groups.AddMemberAsync(id, member, Origin(by), CancellationToken.None);
        if (outcome == WriteOutcome.Loop) throw new DirectoryException(DirectoryError.Loop, $"Group '{group}' would be a member of itself.");
        Check(outcome, "There is no such group or member.");
        await ChangedAsync(id);
    }

    public async Task RemoveMemberAsync(string group, MemberId member, AdminActor? by)
    {
        var id = (await GroupAsync(group)).Id;
        Check(await groups.RemoveMemberAsync(id, member, Origin(by), CancellationToken.None), $"That is no member of group '{group}'.");
        await ChangedAsync(id);
    }

    public async Task<ImmutableArray<RoleHolder>> ListRolesAsync() =>
        [.. (await groups.ListRolesAsync(CancellationToken.None)).Select(r => new RoleHolder(r.Role, Profile(r.Holder)))];

    public async Task GrantAsync(string role, MemberId holder, AdminActor? by)
    {
        CheckName(role);
        Check(await groups.GrantAsync(role, holder, Origin(by), CancellationToken.None), "There is no such account or group.");
        await RecordAsync();
    }

    public async Task RevokeAsync(string role, MemberId holder, AdminActor? by)
    {
        Check(await groups.RevokeAsync(role, holder, Origin(by), CancellationToken.None), $"That is no holder of role '{role}'.");
        await RecordAsync();
    }

    public async Task<ImmutableArray<DomainProfile>> ListDomainsAsync() =>
        [.. (await groups.ListDomainsAsync(CancellationToken.None)).Select(d => new DomainProfile(d.Name, d.Disabled))];

    public async Task SetDomainAsync(DomainProfile domain, AdminActor? by)
    {
        await groups.WriteDomainAsync(new DomainRecord(domain.Name, domain.Disabled), Origin(by), CancellationToken.None);
        await domains.TellAsync(domain);
        await RecordAsync();
    }

    public async Task RemoveDomainAsync(string name, AdminActor? by)
    {
        var outcome = await groups.RemoveDomainAsync(name, Origin(by), CancellationToken.None);
        if (outcome == WriteOutcome.InUse) throw new DirectoryException(DirectoryError.InUse, $"There are addresses in {name}.");
        Check(outcome, $"{name} is not in the list of domains.");
        await RecordAsync();
    }

    private static GroupProfile Profile(GroupRecord group) => new(group.Id, group.Name, group.Address, group.CreatedAt);

    private static MemberProfile Profile(MemberRecord member) => new(member.Member, member.Name);

    /// <summary>Addresses are written wherever names are: a name is none, so that nobody is taken for another.</summary>
    private static void CheckName(string name)
    {
        if (name.Length is 0 or > LongestName || name != name.Trim() || name.Contains('@', StringComparison.Ordinal) || name.Any(char.IsControl))
            throw new DirectoryException(DirectoryError.BadName, $"A name has 1 to {LongestName} characters, none of them '@' or a control character.");
    }

    private static void Check(WriteOutcome outcome, string otherwise)
    {
        if (outcome != WriteOutcome.Done) throw new DirectoryException(ErrorOf(outcome), otherwise);
    }

    private async Task<GroupRecord> GroupAsync(string name) => await groups.FindGroupAsync(name, CancellationToken.None)
        ?? throw new DirectoryException(DirectoryError.NotFound, $"There is no group '{name}'.");

    private async Task ChangedAsync(GroupId group)
    {
        await AddressCaches.ForgetAsync(GrainFactory, await groups.FindGroupAddressesAsync(group, CancellationToken.None), logger);
        await RecordAsync();
    }
}
