using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;

namespace MailGrains.Storage.Relational.Accounts;

public sealed partial class RelationalDirectory
{
    public async Task<GroupRecord?> FindGroupAsync(string name, CancellationToken cancellation) =>
        await ListAsync("group", new("FindGroup", name), DirectoryRows.Group, cancellation) is [var found] ? found : null;

    public async Task<IReadOnlyList<GroupRecord>> ListGroupsAsync(string? after, int limit, CancellationToken cancellation) =>
        await ListAsync("groups", new("ListGroups", after ?? "", (long)limit), DirectoryRows.Group, cancellation);

    public Task<WriteOutcome> CreateGroupAsync(GroupRecord group, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        async (write, acts) =>
        {
            if (await write.RunAsync("AddGroup", group.Id.Value, group.Name, group.CreatedAt.ToUnixTimeMilliseconds()) == 0) return WriteOutcome.Taken;
            if (group.Address is { } address)
            {
                if (await write.AnyAsync("FindUnknownDomains", (object)new[] { address })) return WriteOutcome.UnknownDomain;
                if (await write.RunAsync("AddGroupAddress", address, group.Id.Value) == 0) return WriteOutcome.Taken;
            }

            await acts.AddAsync(DirectoryChange.Created(group));
            return WriteOutcome.Done;
        },
        cancellation);

    /// <summary>What a deleted group leaves in other tables.</summary>
    private static readonly string[] GroupTraces = ["DeleteGroupAddress", "DeleteGroupMembers"];

    public Task<WriteOutcome> DeleteGroupAsync(GroupId group, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        async (write, acts) =>
        {
            if (await acts.GroupAsync(group) is not { } found || await write.RunAsync("DeleteGroup", group.Value) == 0) return WriteOutcome.NotFound;
            foreach (var statement in GroupTraces) await write.RunAsync(statement, group.Value);
            await acts.LeaveAsync(new MemberRecord(group, found.Name));
            await acts.AddAsync(DirectoryChange.Deleted(found));
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> AddMemberAsync(GroupId group, MemberId member, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        async (write, acts) =>
        {
            if (!await ExistsAsync(write, group) || !await ExistsAsync(write, member)) return WriteOutcome.NotFound;
            if (member.IsGroup && await write.AnyAsync("IsInside", member.Value, group.Value)) return WriteOutcome.Loop;
            if (await write.RunAsync("AddMember", group.Value, member.Value, member.IsGroup) > 0)
                await acts.AddAsync(DirectoryChange.Joined((await acts.GroupAsync(group))!, await acts.NamedAsync(member)));
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RemoveMemberAsync(GroupId group, MemberId member, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        async (write, acts) =>
        {
            if (await write.RunAsync("RemoveMember", group.Value, member.Value) == 0) return WriteOutcome.NotFound;
            await acts.AddAsync(DirectoryChange.Left(group, (await acts.NamedAsync(group)).Name, await acts.NamedAsync(member)));
            return WriteOutcome.Done;
        },
        cancellation);

    public async Task<IReadOnlyList<MemberRecord>> ListMembersAsync(GroupId group, CancellationToken cancellation) =>
        await ListAsync("members", new("ListMembers", group.Value), r => DirectoryRows.Member(r, 0), cancellation);

    public async Task<IReadOnlyList<string>> FindGroupAddressesAsync(MemberId member, CancellationToken cancellation) =>
        await ListAsync("members", new("FindGroupAddresses", member.Value), r => r.GetString(0), cancellation);

    public async Task<MembershipRecord> FindMembershipsAsync(MemberId member, CancellationToken cancellation) => MembershipRecord.Of(
        await ListAsync("members", new("FindMemberships", member.Value), r => (r.GetBoolean(0), r.GetString(1)), cancellation));

    public Task<WriteOutcome> GrantAsync(string role, MemberId holder, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        async (write, acts) =>
        {
            if (!await ExistsAsync(write, holder)) return WriteOutcome.NotFound;
            if (await write.RunAsync("Grant", role, holder.Value, holder.IsGroup) > 0)
                await acts.AddAsync(DirectoryChange.Granted(role, await acts.NamedAsync(holder)));
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RevokeAsync(string role, MemberId holder, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        async (write, acts) =>
        {
            if (await write.RunAsync("Revoke", role, holder.Value) == 0) return WriteOutcome.NotFound;
            await acts.AddAsync(DirectoryChange.Revoked(role, await acts.NamedAsync(holder)));
            return WriteOutcome.Done;
        },
        cancellation);

    public async Task<IReadOnlyList<RoleRecord>> ListRolesAsync(CancellationToken cancellation) =>
        await ListAsync("roles", new("ListRoles"), r => new RoleRecord(r.GetString(0), DirectoryRows.Member(r, 1)), cancellation);

    public async Task<IReadOnlyList<DomainRecord>> ListDomainsAsync(CancellationToken cancellation) =>
        await ListAsync("domains", new("ListDomains"), DirectoryRows.Domain, cancellation);

    public Task WriteDomainAsync(DomainRecord domain, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        async (write, acts) =>
        {
            var before = (await write.ListAsync("ReadDomain", DirectoryRows.Domain, domain.Name)).FirstOrDefault();
            await write.RunAsync("WriteDomain", domain.Name, domain.Disabled);
            foreach (var change in DirectoryChange.Written(before, domain)) await acts.AddAsync(change);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RemoveDomainAsync(string name, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        async (write, acts) =>
        {
            if (await write.AnyAsync("DomainHasAddresses", name)) return WriteOutcome.InUse;
            if (await write.RunAsync("DeleteDomain", name) == 0) return WriteOutcome.NotFound;
            await acts.AddAsync(DirectoryChange.Removed(name));
            return WriteOutcome.Done;
        },
        cancellation);

    /// <summary>Whoever is about to delete it waits until this transaction ends, and then finds what it wrote.</summary>
    private static async Task<bool> ExistsAsync(DirectoryTransaction write, MemberId member) => member.IsGroup
        ? await write.AnyAsync("GroupExists", member.Value)
        : await write.AnyAsync("LockAccount", member.Value) && await write.AnyAsync("AccountExists", member.Value);

    /// <summary>Changes wait for each other: two of memberships could make a loop that neither saw.</summary>
    private Task<WriteOutcome> ChangeAsync(
        ActOrigin by, Func<DirectoryTransaction, DirectoryActWriting, Task<WriteOutcome>> change, CancellationToken cancellation) =>
        _transactions.RunAsync(async write => await change(write, await DirectoryActWriting.BeginAsync(write, by)), cancellation);
}
