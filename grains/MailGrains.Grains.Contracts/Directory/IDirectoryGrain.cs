using System.Collections.Immutable;
using MailGrains.Model.Accounts;
using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>
/// The directory as a whole: what concerns more than one account. Holds nothing; any node answers (the key is 0). Changes are durable on return, and each of a
/// group, a role or a domain makes an event in the directory's log: by then, or, when that can't be written to at the time, later.
/// </summary>
/// <remarks>What is refused throws a <see cref="DirectoryException"/>.</remarks>
public interface IDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Accounts in the order of their logins.</summary>
    /// <param name="after">Login of the last one seen; null from the first on.</param>
    Task<ImmutableArray<AccountProfile>> ListAsync(string? after, int limit);

    Task<DirectoryTotals> CountAsync();

    /// <summary>The accounts behind addresses, null where there is none.</summary>
    Task<ImmutableArray<AccountCredentials?>> FindAsync(ImmutableArray<string> addresses);

    /// <summary>
    /// Creates accounts in one transaction; those that can't be are skipped. Their events reach the mailboxes' logs later, one by one.
    /// </summary>
    /// <returns>In order: null for those created, or why not.</returns>
    Task<ImmutableArray<DirectoryError?>> CreateAsync(ImmutableArray<NewAccount> accounts, AdminActor? by);

    Task<ImmutableArray<GroupProfile>> ListGroupsAsync(string? after, int limit);

    Task<GroupProfile> GetGroupAsync(string name);

    Task<GroupProfile> CreateGroupAsync(string name, MailAddress? address, AdminActor? by = null);

    Task DeleteGroupAsync(string name, AdminActor? by = null);

    Task<ImmutableArray<MemberProfile>> ListMembersAsync(string group);

    /// <summary>
    /// The accounts that were in the group that had this name at a moment, directly or through other groups, as the directory's log tells it: those that have
    /// left since, are disabled or deleted too. The names are the last ones the log tells.
    /// </summary>
    Task<ImmutableArray<MemberProfile>> ListMembersAsOfAsync(string group, DateTimeOffset moment);

    Task AddMemberAsync(string group, MemberId member, AdminActor? by = null);

    Task RemoveMemberAsync(string group, MemberId member, AdminActor? by = null);

    Task<ImmutableArray<RoleHolder>> ListRolesAsync();

    Task GrantAsync(string role, MemberId holder, AdminActor? by = null);

    Task RevokeAsync(string role, MemberId holder, AdminActor? by = null);

    Task<ImmutableArray<DomainProfile>> ListDomainsAsync();

    /// <summary>
    /// Adds the domain, or changes whether it is disabled. As long as there is none, addresses of all domains can be had. By an address in a disabled domain
    /// nobody can log in, and its mail is refused; open sessions whose login is one end.
    /// </summary>
    Task SetDomainAsync(DomainProfile domain, AdminActor? by = null);

    Task RemoveDomainAsync(string name, AdminActor? by = null);
}
