using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

public sealed partial class SqliteDirectory
{
    public Task<GroupRecord?> FindGroupAsync(string name, CancellationToken cancellation) =>
        ReadAsync(db => db.Statement("FindGroup").Bind(1, name).ReadAll(DirectoryReading.Group) is [var found] ? found : null, cancellation);

    public Task<IReadOnlyList<GroupRecord>> ListGroupsAsync(string? after, int limit, CancellationToken cancellation) =>
        ScanAsync(db => db.Statement("ListGroups").Bind(1, after ?? "").Bind(2, limit).ReadAll(DirectoryReading.Group), cancellation);

    public Task<WriteOutcome> CreateGroupAsync(GroupRecord group, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        db =>
        {
            if (db.Statement("FindGroup").Bind(1, group.Name).ReadAll(r => 0).Count > 0) return WriteOutcome.Taken;
            if (group.Address is { } address && DirectoryWriting.Refusal(db, address) is { } refused) return refused;
            db.Statement("AddGroup").Bind(1, group.Id.Value).Bind(2, group.Name).Bind(3, group.CreatedAt.ToUnixTimeMilliseconds()).Run();
            if (group.Address is not null) db.Statement("AddGroupAddress").Bind(1, group.Address).Bind(2, group.Id.Value).Run();
            DirectoryActWriting.Add(db, DirectoryChange.Created(group), by);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> DeleteGroupAsync(GroupId group, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        db =>
        {
            if (DirectoryReading.Group(db, group) is not { } found) return WriteOutcome.NotFound;
            db.Statement("DeleteGroup").Bind(1, group.Value).Run();
            db.Statement("DeleteGroupAddress").Bind(1, group.Value).Run();
            db.Statement("DeleteGroupMembers").Bind(1, group.Value).Run();
            DirectoryActWriting.Leave(db, group, found.Name, by);
            DirectoryActWriting.Add(db, DirectoryChange.Deleted(found), by);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> AddMemberAsync(GroupId group, MemberId member, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        db =>
        {
            if (DirectoryReading.Group(db, group) is not { } joined || DirectoryReading.Member(db, member) is not { } joining) return WriteOutcome.NotFound;
            if (member.IsGroup && db.Statement("IsInside").Bind(1, member.Value).Bind(2, group.Value).RunScalar() is not null) return WriteOutcome.Loop;
            db.Statement("AddMember").Bind(1, group.Value).Bind(2, member.Value).Bind(3, member.IsGroup ? 1 : 0).Run();
            if (db.Changes > 0) DirectoryActWriting.Add(db, DirectoryChange.Joined(joined, joining), by);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RemoveMemberAsync(GroupId group, MemberId member, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        db =>
        {
            db.Statement("RemoveMember").Bind(1, group.Value).Bind(2, member.Value).Run();
            if (db.Changes == 0) return WriteOutcome.NotFound;
            var left = DirectoryChange.Left(group, DirectoryReading.Group(db, group)?.Name ?? "", Named(db, member));
            DirectoryActWriting.Add(db, left, by);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<IReadOnlyList<MemberRecord>> ListMembersAsync(GroupId group, CancellationToken cancellation) =>
        ScanAsync(db => db.Statement("ListMembers").Bind(1, group.Value).ReadAll(r => DirectoryReading.Member(r, 0)), cancellation);

    public Task<IReadOnlyList<string>> FindGroupAddressesAsync(MemberId member, CancellationToken cancellation) =>
        ReadAsync(db => db.Statement("FindGroupAddresses").Bind(1, member.Value).ReadAll(r => r.Text(0)), cancellation);

    public Task<MembershipRecord> FindMembershipsAsync(MemberId member, CancellationToken cancellation) => ReadAsync(
        db => MembershipRecord.Of(db.Statement("FindMemberships").Bind(1, member.Value).ReadAll(r => (r.Int32(0) != 0, r.Text(1)))), cancellation);

    public Task<WriteOutcome> GrantAsync(string role, MemberId holder, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        db =>
        {
            if (DirectoryReading.Member(db, holder) is not { } found) return WriteOutcome.NotFound;
            db.Statement("Grant").Bind(1, role).Bind(2, holder.Value).Bind(3, holder.IsGroup ? 1 : 0).Run();
            if (db.Changes > 0) DirectoryActWriting.Add(db, DirectoryChange.Granted(role, found), by);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RevokeAsync(string role, MemberId holder, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        db =>
        {
            db.Statement("Revoke").Bind(1, role).Bind(2, holder.Value).Run();
            if (db.Changes == 0) return WriteOutcome.NotFound;
            DirectoryActWriting.Add(db, DirectoryChange.Revoked(role, Named(db, holder)), by);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<IReadOnlyList<RoleRecord>> ListRolesAsync(CancellationToken cancellation) =>
        ScanAsync(db => db.Statement("ListRoles").ReadAll(r => new RoleRecord(r.Text(0), DirectoryReading.Member(r, 1))), cancellation);

    public Task<IReadOnlyList<DomainRecord>> ListDomainsAsync(CancellationToken cancellation) =>
        ScanAsync(db => db.Statement("ListDomains").ReadAll(DirectoryReading.Domain), cancellation);

    public Task WriteDomainAsync(DomainRecord domain, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        db =>
        {
            var before = db.Statement("ReadDomain").Bind(1, domain.Name).ReadAll(DirectoryReading.Domain) is [var found] ? found : null;
            db.Statement("WriteDomain").Bind(1, domain.Name).Bind(2, domain.Disabled ? 1 : 0).Run();
            foreach (var change in DirectoryChange.Written(before, domain)) DirectoryActWriting.Add(db, change, by);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RemoveDomainAsync(string name, ActOrigin by, CancellationToken cancellation) => ChangeAsync(
        by,
        db =>
        {
            if (db.Statement("DomainHasAddresses").Bind(1, name).RunScalar() is not null) return WriteOutcome.InUse;
            db.Statement("DeleteDomain").Bind(1, name).Run();
            if (db.Changes == 0) return WriteOutcome.NotFound;
            DirectoryActWriting.Add(db, DirectoryChange.Removed(name), by);
            return WriteOutcome.Done;
        },
        cancellation);

    private static MemberRecord Named(SqliteDatabase database, MemberId member) => DirectoryReading.Member(database, member) ?? new MemberRecord(member, "");

    private Task<WriteOutcome> ChangeAsync(ActOrigin by, Func<SqliteDatabase, WriteOutcome> change, CancellationToken cancellation) => WriteAsync(
        db =>
        {
            DirectoryActWriting.Begin(db, by);
            return change(db);
        },
        cancellation);
}
