using MailGrains.Model;
using MailGrains.Model.Accounts;

namespace MailGrains.Storage.Accounts;

/// <summary>
/// Groups, roles and domains. Writes and errors as of <see cref="IDirectoryStore"/>, whose other half this is. What a write changes is owed to the directory's
/// log from the same transaction on (<see cref="IDirectoryActStore"/>); what it finds done already is no change.
/// </summary>
public interface IGroupStore
{
    Task<GroupRecord?> FindGroupAsync(string name, CancellationToken cancellation);

    /// <summary>In the order of their names (by octets of UTF-8).</summary>
    Task<IReadOnlyList<GroupRecord>> ListGroupsAsync(string? after, int limit, CancellationToken cancellation);

    /// <returns><see cref="WriteOutcome.Taken"/> when its name or address is somebody's, <see cref="WriteOutcome.UnknownDomain"/>.</returns>
    Task<WriteOutcome> CreateGroupAsync(GroupRecord group, ActOrigin by, CancellationToken cancellation);

    /// <summary>The group leaves all groups and roles, and its address is free.</summary>
    Task<WriteOutcome> DeleteGroupAsync(GroupId group, ActOrigin by, CancellationToken cancellation);

    /// <summary>May be repeated.</summary>
    /// <returns><see cref="WriteOutcome.Loop"/>; <see cref="WriteOutcome.NotFound"/> where group or member are gone.</returns>
    Task<WriteOutcome> AddMemberAsync(GroupId group, MemberId member, ActOrigin by, CancellationToken cancellation);

    /// <returns><see cref="WriteOutcome.NotFound"/> when it was no member.</returns>
    Task<WriteOutcome> RemoveMemberAsync(GroupId group, MemberId member, ActOrigin by, CancellationToken cancellation);

    /// <summary>The group's own members, in the order of their names.</summary>
    Task<IReadOnlyList<MemberRecord>> ListMembersAsync(GroupId group, CancellationToken cancellation);

    /// <summary>The addresses whose mail reaches this member through groups, its own (of a group) included.</summary>
    Task<IReadOnlyList<string>> FindGroupAddressesAsync(MemberId member, CancellationToken cancellation);

    /// <summary>What this member is in and holds, as of one moment.</summary>
    Task<MembershipRecord> FindMembershipsAsync(MemberId member, CancellationToken cancellation);

    /// <summary>May be repeated.</summary>
    Task<WriteOutcome> GrantAsync(string role, MemberId holder, ActOrigin by, CancellationToken cancellation);

    Task<WriteOutcome> RevokeAsync(string role, MemberId holder, ActOrigin by, CancellationToken cancellation);

    /// <summary>In the order of roles, then names.</summary>
    Task<IReadOnlyList<RoleRecord>> ListRolesAsync(CancellationToken cancellation);

    Task<IReadOnlyList<DomainRecord>> ListDomainsAsync(CancellationToken cancellation);

    /// <summary>Adds the domain or changes it.</summary>
    Task WriteDomainAsync(DomainRecord domain, ActOrigin by, CancellationToken cancellation);

    /// <returns><see cref="WriteOutcome.InUse"/> while there are addresses in it.</returns>
    Task<WriteOutcome> RemoveDomainAsync(string name, ActOrigin by, CancellationToken cancellation);
}
