using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;

namespace MailGrains.Storage.InMemory;

public sealed partial class InMemoryDirectory
{
    private readonly Dictionary<GroupId, GroupRecord> _groups = [];
    private readonly HashSet<(GroupId Group, MemberId Member)> _members = [];
    private readonly HashSet<(string Role, MemberId Holder)> _roles = [];
    private readonly Dictionary<string, bool> _domains = new(StringComparer.Ordinal);

    public Task<GroupRecord?> FindGroupAsync(string name, CancellationToken cancellation) =>
        Locked(() => _groups.Values.FirstOrDefault(g => g.Name == name));

    public Task<IReadOnlyList<GroupRecord>> ListGroupsAsync(string? after, int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<GroupRecord>>(() =>
        [
            .. _groups.Values.Where(g => string.CompareOrdinal(g.Name, after ?? "") > 0).OrderBy(g => g.Name, StringComparer.Ordinal).Take(limit),
        ]);

    public Task<WriteOutcome> CreateGroupAsync(GroupRecord group, ActOrigin by, CancellationToken cancellation) => Changed(by, () =>
    {
        if (_groups.Values.Any(g => g.Name == group.Name)) return WriteOutcome.Taken;
        if (group.Address is not null && Refusal(group.Address) is { } refused) return refused;
        _groups[group.Id] = group with { CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(group.CreatedAt.ToUnixTimeMilliseconds()) };
        if (group.Address is not null) _addresses[group.Address] = group.Id;
        Act(DirectoryChange.Created(group), by);
        return WriteOutcome.Done;
    });

    public Task<WriteOutcome> DeleteGroupAsync(GroupId group, ActOrigin by, CancellationToken cancellation) => Changed(by, () =>
    {
        if (!_groups.TryGetValue(group, out var deleted)) return WriteOutcome.NotFound;
        if (deleted.Address is not null) _addresses.Remove(deleted.Address);
        _members.RemoveWhere(m => m.Group == group);
        Leave(group, deleted.Name, by);
        _groups.Remove(group);
        Act(DirectoryChange.Deleted(deleted), by);
        return WriteOutcome.Done;
    });

    public Task<WriteOutcome> AddMemberAsync(GroupId group, MemberId member, ActOrigin by, CancellationToken cancellation) => Changed(by, () =>
    {
        if (!Exists(group) || !Exists(member)) return WriteOutcome.NotFound;
        if (member.IsGroup && Inside([member.ToGroup()], int.MaxValue).Contains(group)) return WriteOutcome.Loop;
        if (_members.Add((group, member))) Act(DirectoryChange.Joined(_groups[group], Named(member)), by);
        return WriteOutcome.Done;
    });

    public Task<WriteOutcome> RemoveMemberAsync(GroupId group, MemberId member, ActOrigin by, CancellationToken cancellation) => Changed(by, () =>
    {
        if (!_members.Remove((group, member))) return WriteOutcome.NotFound;
        Act(DirectoryChange.Left(group, _groups[group].Name, Named(member)), by);
        return WriteOutcome.Done;
    });

    public Task<IReadOnlyList<MemberRecord>> ListMembersAsync(GroupId group, CancellationToken cancellation) =>
        Locked<IReadOnlyList<MemberRecord>>(() =>
            [.. _members.Where(m => m.Group == group).Select(m => Named(m.Member)).OrderBy(m => m.Name, StringComparer.Ordinal)]);

    public Task<IReadOnlyList<string>> FindGroupAddressesAsync(MemberId member, CancellationToken cancellation) => Locked<IReadOnlyList<string>>(() =>
        [.. Above(member).Where(m => m.IsGroup).Select(m => _groups[m.ToGroup()].Address).OfType<string>()]);

    public Task<MembershipRecord> FindMembershipsAsync(MemberId member, CancellationToken cancellation) => Locked(() =>
    {
        var above = Above(member);
        var groups = above.Where(m => m.IsGroup && m != member).Select(m => (IsRole: false, _groups[m.ToGroup()].Name));
        return MembershipRecord.Of(groups.Concat(_roles.Where(r => above.Contains(r.Holder)).Select(r => (true, r.Role))));
    });

    public Task<WriteOutcome> GrantAsync(string role, MemberId holder, ActOrigin by, CancellationToken cancellation) => Changed(by, () =>
    {
        if (!Exists(holder)) return WriteOutcome.NotFound;
        if (_roles.Add((role, holder))) Act(DirectoryChange.Granted(role, Named(holder)), by);
        return WriteOutcome.Done;
    });

    public Task<WriteOutcome> RevokeAsync(string role, MemberId holder, ActOrigin by, CancellationToken cancellation) => Changed(by, () =>
    {
        if (!_roles.Remove((role, holder))) return WriteOutcome.NotFound;
        Act(DirectoryChange.Revoked(role, Named(holder)), by);
        return WriteOutcome.Done;
    });

    public Task<IReadOnlyList<RoleRecord>> ListRolesAsync(CancellationToken cancellation) => Locked<IReadOnlyList<RoleRecord>>(() =>
    [
        .. _roles.Select(r => new RoleRecord(r.Role, Named(r.Holder)))
            .OrderBy(r => r.Role, StringComparer.Ordinal).ThenBy(r => r.Holder.Name, StringComparer.Ordinal),
    ]);

    public Task<IReadOnlyList<DomainRecord>> ListDomainsAsync(CancellationToken cancellation) => Locked<IReadOnlyList<DomainRecord>>(() =>
        [.. _domains.Select(d => new DomainRecord(d.Key, d.Value)).OrderBy(d => d.Name, StringComparer.Ordinal)]);

    public Task WriteDomainAsync(DomainRecord domain, ActOrigin by, CancellationToken cancellation) => Changed(by, () =>
    {
        var before = _domains.TryGetValue(domain.Name, out var disabled) ? new DomainRecord(domain.Name, disabled) : null;
        _domains[domain.Name] = domain.Disabled;
        foreach (var change in DirectoryChange.Written(before, domain)) Act(change, by);
        return WriteOutcome.Done;
    });

    public Task<WriteOutcome> RemoveDomainAsync(string name, ActOrigin by, CancellationToken cancellation) => Changed(by, () =>
    {
        if (_addresses.Keys.Any(a => DomainOf(a) == name)) return WriteOutcome.InUse;
        if (!_domains.Remove(name)) return WriteOutcome.NotFound;
        Act(DirectoryChange.Removed(name), by);
        return WriteOutcome.Done;
    });

    private bool Exists(MemberId member) =>
        member.IsGroup ? _groups.ContainsKey(member.ToGroup()) : _accounts.GetValueOrDefault(member.ToAccount())?.Exists == true;

    private MemberRecord Named(MemberId member) =>
        new(member, member.IsGroup ? _groups[member.ToGroup()].Name : _accounts[member.ToAccount()].Addresses[0]);

    /// <summary>The member itself and the groups it is in.</summary>
    private HashSet<MemberId> Above(MemberId member)
    {
        var above = new HashSet<MemberId> { member };
        while (true)
        {
            var next = _members.Where(m => above.Contains(m.Member)).Select(m => (MemberId)m.Group).ToList();
            var before = above.Count;
            above.UnionWith(next);
            if (above.Count == before) return above;
        }
    }

    private HashSet<GroupId> Inside(HashSet<GroupId> groups, int levels)
    {
        for (var level = 1; level < levels; level++)
        {
            var inner = _members.Where(m => m.Member.IsGroup && groups.Contains(m.Group)).Select(m => m.Member.ToGroup()).ToList();
            var before = groups.Count;
            groups.UnionWith(inner);
            if (groups.Count == before) break;
        }

        return groups;
    }

    private IEnumerable<AccountId> Reached(GroupId group)
    {
        var groups = Inside([group], IDirectoryStore.MaxGroupDepth);
        return _members.Where(m => !m.Member.IsGroup && groups.Contains(m.Group)).Select(m => m.Member.ToAccount()).Distinct()
            .Where(a => !_accounts[a].Disabled).OrderBy(a => a.Value);
    }
}
