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

    public Task<WriteOutcome> CreateGroupAsync(GroupRecord group, CancellationToken cancellation) => WriteAsync(
        db =>
        {
            if (db.Statement("FindGroup").Bind(1, group.Name).ReadAll(r => 0).Count > 0) return WriteOutcome.Taken;
            if (group.Address is { } address && DirectoryWriting.Refusal(db, address) is { } refused) return refused;
            db.Statement("AddGroup").Bind(1, group.Id.Value).Bind(2, group.Name).Bind(3, group.CreatedAt.ToUnixTimeMilliseconds()).Run();
            if (group.Address is not null) db.Statement("AddGroupAddress").Bind(1, group.Address).Bind(2, group.Id.Value).Run();
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> DeleteGroupAsync(GroupId group, CancellationToken cancellation) => WriteAsync(
        db =>
        {
            db.Statement("DeleteGroup").Bind(1, group.Value).Run();
            if (db.Changes == 0) return WriteOutcome.NotFound;
            db.Statement("DeleteGroupAddress").Bind(1, group.Value).Run();
            db.Statement("DeleteGroupMembers").Bind(1, group.Value).Run();
            DirectoryWriting.Leave(db, group);
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> AddMemberAsync(GroupId group, MemberId member, CancellationToken cancellation) => WriteAsync(
        db =>
        {
            if (!DirectoryReading.Exists(db, group) || !DirectoryReading.Exists(db, member)) return WriteOutcome.NotFound;
            if (member.IsGroup && db.Statement("IsInside").Bind(1, member.Value).Bind(2, group.Value).RunScalar() is not null) return WriteOutcome.Loop;
            db.Statement("AddMember").Bind(1, group.Value).Bind(2, member.Value).Bind(3, member.IsGroup ? 1 : 0).Run();
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RemoveMemberAsync(GroupId group, MemberId member, CancellationToken cancellation) => WriteAsync(
        db => Deleted(db, db.Statement("RemoveMember").Bind(1, group.Value).Bind(2, member.Value)), cancellation);

    public Task<IReadOnlyList<MemberRecord>> ListMembersAsync(GroupId group, CancellationToken cancellation) =>
        ScanAsync(db => db.Statement("ListMembers").Bind(1, group.Value).ReadAll(r => DirectoryReading.Member(r, 0)), cancellation);

    public Task<IReadOnlyList<string>> FindGroupAddressesAsync(MemberId member, CancellationToken cancellation) =>
        ReadAsync(db => db.Statement("FindGroupAddresses").Bind(1, member.Value).ReadAll(r => r.Text(0)), cancellation);

    public Task<MembershipRecord> FindMembershipsAsync(MemberId member, CancellationToken cancellation) => ReadAsync(
        db => MembershipRecord.Of(db.Statement("FindMemberships").Bind(1, member.Value).ReadAll(r => (r.Int32(0) != 0, r.Text(1)))), cancellation);

    public Task<WriteOutcome> GrantAsync(string role, MemberId holder, CancellationToken cancellation) => WriteAsync(
        db =>
        {
            if (!DirectoryReading.Exists(db, holder)) return WriteOutcome.NotFound;
            db.Statement("Grant").Bind(1, role).Bind(2, holder.Value).Bind(3, holder.IsGroup ? 1 : 0).Run();
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RevokeAsync(string role, MemberId holder, CancellationToken cancellation) =>
        WriteAsync(db => Deleted(db, db.Statement("Revoke").Bind(1, role).Bind(2, holder.Value)), cancellation);

    public Task<IReadOnlyList<RoleRecord>> ListRolesAsync(CancellationToken cancellation) =>
        ScanAsync(db => db.Statement("ListRoles").ReadAll(r => new RoleRecord(r.Text(0), DirectoryReading.Member(r, 1))), cancellation);

    public Task<IReadOnlyList<DomainRecord>> ListDomainsAsync(CancellationToken cancellation) =>
        ScanAsync(db => db.Statement("ListDomains").ReadAll(r => new DomainRecord(r.Text(0), r.Int32(1) != 0)), cancellation);

    public Task WriteDomainAsync(DomainRecord domain, CancellationToken cancellation) => WriteAsync(
        db =>
        {
            db.Statement("WriteDomain").Bind(1, domain.Name).Bind(2, domain.Disabled ? 1 : 0).Run();
            return WriteOutcome.Done;
        },
        cancellation);

    public Task<WriteOutcome> RemoveDomainAsync(string name, CancellationToken cancellation) => WriteAsync(
        db => db.Statement("DomainHasAddresses").Bind(1, name).RunScalar() is not null
            ? WriteOutcome.InUse
            : Deleted(db, db.Statement("DeleteDomain").Bind(1, name)),
        cancellation);

    private static WriteOutcome Deleted(SqliteDatabase database, SqliteStatement delete)
    {
        delete.Run();
        return database.Changes == 0 ? WriteOutcome.NotFound : WriteOutcome.Done;
    }
}
