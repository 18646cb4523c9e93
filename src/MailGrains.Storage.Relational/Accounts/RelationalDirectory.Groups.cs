using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;

namespace MailGrains.Storage.Relational.Accounts;

public sealed partial class RelationalDirectory
{
    public async Task<GroupRecord?> FindGroupAsync(string name, CancellationToken cancellation) =>
        await ListAsync("group", new("FindGroup", name), DirectoryRows.Group, cancellation) is [var found] ? found : null;

    public async Task<IReadOnlyList<GroupRecord>> ListGroupsAsync(string? after, int limit, CancellationToken cancellation) =>
        await ListAsync("groups", new("ListGroups", after ?? "", (long)limit), DirectoryRows.Group, cancellation);

    public Task<WriteOutcome> CreateGroupAsync(GroupRecord group, CancellationToken cancellation) => _transactions.RunAsync(
        async write =>
        {
            if (await write.RunAsync("AddGroup", group.Id.Value, group.Name, group.CreatedAt.ToUnixTimeMilliseconds()) == 0) return WriteOutcome.Taken;
            if (group.Address is not { } address) return WriteOutcome.Done;
            if (await write.AnyAsync("FindUnknownDomains", (object)new[] { address })) return WriteOutcome.UnknownDomain;
            return await write.RunAsync("AddGroupAddress", address, group.Id.Value) == 0 ? WriteOutcome.Taken : WriteOutcome.Done;
        },
        cancellation);

    /// <summary>What a deleted group leaves in other tables.</summary>
    private static readonly string[] GroupTraces = ["DeleteGroupAddress", "DeleteGroupMembers", "LeaveGroups", "LeaveRoles"];

    public Task<WriteOutcome> DeleteGroupAsync(GroupId group, CancellationToken cancellation) => _transactions.RunAsync(
        async write =>
        {
            if (await write.RunAsync("DeleteGroup", group.Value) == 0) return WriteOutcome.NotFound;
            foreach (var statement in GroupTraces)
                await write.RunAsync(statement, group.Value);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> AddMemberAsync(GroupId group, MemberId member, CancellationToken cancellation) => _transactions.RunAsync(
        async write =>
        {
            await write.RunAsync("LockMembers");
            if (!await ExistsAsync(write, group) || !await ExistsAsync(write, member)) return WriteOutcome.NotFound;
            if (member.IsGroup && await write.AnyAsync("IsInside", member.Value, group.Value)) return WriteOutcome.Loop;
            await write.RunAsync("AddMember", group.Value, member.Value, member.IsGroup);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RemoveMemberAsync(GroupId group, MemberId member, CancellationToken cancellation) =>
        DeleteAsync("RemoveMember", cancellation, group.Value, member.Value);

    public async Task<IReadOnlyList<MemberRecord>> ListMembersAsync(GroupId group, CancellationToken cancellation) =>
        await ListAsync("members", new("ListMembers", group.Value), r => DirectoryRows.Member(r, 0), cancellation);

    public async Task<IReadOnlyList<string>> FindGroupAddressesAsync(MemberId member, CancellationToken cancellation) =>
        await ListAsync("members", new("FindGroupAddresses", member.Value), r => r.GetString(0), cancellation);

    public async Task<MembershipRecord> FindMembershipsAsync(MemberId member, CancellationToken cancellation) => MembershipRecord.Of(
        await ListAsync("members", new("FindMemberships", member.Value), r => (r.GetBoolean(0), r.GetString(1)), cancellation));

    public Task<WriteOutcome> GrantAsync(string role, MemberId holder, CancellationToken cancellation) => _transactions.RunAsync(
        async write =>
        {
            if (!await ExistsAsync(write, holder)) return WriteOutcome.NotFound;
            await write.RunAsync("Grant", role, holder.Value, holder.IsGroup);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RevokeAsync(string role, MemberId holder, CancellationToken cancellation) =>
        DeleteAsync("Revoke", cancellation, role, holder.Value);

    public async Task<IReadOnlyList<RoleRecord>> ListRolesAsync(CancellationToken cancellation) =>
        await ListAsync("roles", new("ListRoles"), r => new RoleRecord(r.GetString(0), DirectoryRows.Member(r, 1)), cancellation);

    public async Task<IReadOnlyList<DomainRecord>> ListDomainsAsync(CancellationToken cancellation) =>
        await ListAsync("domains", new("ListDomains"), r => new DomainRecord(r.GetString(0), r.GetBoolean(1)), cancellation);

    public Task WriteDomainAsync(DomainRecord domain, CancellationToken cancellation) =>
        _transactions.RunAsync(write => write.RunAsync("WriteDomain", domain.Name, domain.Disabled), _ => true, cancellation);

    public Task<WriteOutcome> RemoveDomainAsync(string name, CancellationToken cancellation) => _transactions.RunAsync(
        async write =>
        {
            if (await write.AnyAsync("DomainHasAddresses", name)) return WriteOutcome.InUse;
            return await write.RunAsync("DeleteDomain", name) == 0 ? WriteOutcome.NotFound : WriteOutcome.Done;
        },
        cancellation);

    /// <summary>Whoever is about to delete it waits until this transaction ends, and then finds what it wrote.</summary>
    private static async Task<bool> ExistsAsync(DirectoryTransaction write, MemberId member) => member.IsGroup
        ? await write.AnyAsync("GroupExists", member.Value)
        : await write.AnyAsync("LockAccount", member.Value) && await write.AnyAsync("AccountExists", member.Value);

    private Task<WriteOutcome> DeleteAsync(string statement, CancellationToken cancellation, params object?[] values) => _transactions.RunAsync(
        async write => await write.RunAsync(statement, values) == 0 ? WriteOutcome.NotFound : WriteOutcome.Done, cancellation);
}
