using System.Collections.Immutable;
using MailGrains.Model.Accounts;

namespace MailGrains.Storage.Accounts;

/// <summary>
/// What an event says of a change of groups, roles or domains: ids, which never change, and the names of that moment. Engines write it in the transaction of
/// the change.
/// </summary>
/// <param name="Type">Name of the event.</param>
public sealed record DirectoryChange(string Type, ImmutableArray<ActDetail> Details)
{
    public static DirectoryChange Created(GroupRecord group) => new("GroupCreate", Group(group));

    public static DirectoryChange Deleted(GroupRecord group) => new("GroupDelete", Group(group));

    public static DirectoryChange Joined(GroupRecord group, MemberRecord member) => new("GroupMemberAdd", Membership(group.Id, group.Name, member));

    public static DirectoryChange Left(GroupId group, string name, MemberRecord member) => new("GroupMemberRemove", Membership(group, name, member));

    public static DirectoryChange Granted(string role, MemberRecord holder) => new("RoleGrant", Holding(role, holder));

    public static DirectoryChange Revoked(string role, MemberRecord holder) => new("RoleRevoke", Holding(role, holder));

    public static DirectoryChange Removed(string domain) => new("DomainRemove", [new("domain", domain)]);

    /// <param name="before">null: there was none.</param>
    public static IEnumerable<DirectoryChange> Written(DomainRecord? before, DomainRecord domain)
    {
        if (before is null) yield return new("DomainAdd", [new("domain", domain.Name)]);
        if (domain.Disabled == (before?.Disabled ?? false)) yield break;
        yield return new(domain.Disabled ? "DomainDisable" : "DomainEnable", [new("domain", domain.Name)]);
    }

    internal static ImmutableArray<ActDetail> Group(GroupRecord group)
    {
        ImmutableArray<ActDetail> named = [new("group", Text(group.Id)), new("groupName", group.Name)];
        return group.Address is { } address ? named.Add(new("groupAddress", address)) : named;
    }

    internal static string Text(MemberId id) => id.Value.ToString("D");

    private static ImmutableArray<ActDetail> Membership(GroupId group, string name, MemberRecord member) =>
    [
        new("group", Text(group)), new("groupName", name), new("member", Text(member.Member)), new("memberKind", Kind(member.Member)),
        new("memberName", member.Name),
    ];

    private static ImmutableArray<ActDetail> Holding(string role, MemberRecord holder) =>
        [new("role", role), new("holder", Text(holder.Member)), new("holderKind", Kind(holder.Member)), new("holderName", holder.Name)];

    private static string Kind(MemberId member) => member.IsGroup ? "group" : "account";
}
