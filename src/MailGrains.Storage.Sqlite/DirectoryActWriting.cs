using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Events;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>Writes acts of the directory inside the transaction of the writer that makes the change.</summary>
internal static class DirectoryActWriting
{
    /// <summary>Stands before a change: what there is before the first one is written down.</summary>
    public static void Begin(SqliteDatabase database, ActOrigin by)
    {
        if (Pictured(database) is null) Picture(database, by.At);
    }

    /// <summary>When the directory was last written down whole, in µs.</summary>
    public static long? Pictured(SqliteDatabase database) =>
        database.Statement("ReadDirectoryLog").ReadAll(r => r.IsNull(1) ? (long?)null : r.Int64(1))[0];

    public static void Picture(SqliteDatabase database, DateTimeOffset at)
    {
        var contents = new DirectoryContents(
            database.Statement("ListGroups").Bind(1, "").Bind(2, long.MaxValue).ReadAll(DirectoryReading.Group),
            database.Statement("ListAllMembers").ReadAll(r => (new GroupId(r.Guid(0)), DirectoryReading.Member(r, 1))),
            database.Statement("ListRoles").ReadAll(r => new RoleRecord(r.Text(0), DirectoryReading.Member(r, 1))),
            database.Statement("ListDomains").ReadAll(DirectoryReading.Domain));
        foreach (var change in contents.ToChanges()) Add(database, change, new ActOrigin(null, null, at));
        database.Statement("MarkPictured").Bind(1, EventHash.Microseconds(at)).Run();
    }

    public static void Add(SqliteDatabase database, DirectoryChange change, ActOrigin by)
    {
        var number = database.Statement("CountDirectoryAct").ReadAll(r => r.Int64(0))[0];
        database.Statement("AddDirectoryAct")
            .Bind(1, number).Bind(2, EventHash.Microseconds(by.At)).Bind(3, change.Type).Bind(4, by.Actor).Bind(5, by.Client)
            .Bind(6, DirectoryActCodec.Encode(change.Details))
            .Run();
    }

    public static DirectoryAct Act(SqliteStatement row) => new(
        row.Int64(0),
        row.Text(2),
        new ActOrigin(row.TextOrNull(3), row.TextOrNull(4), DateTimeOffset.UnixEpoch.AddTicks(row.Int64(1) * TimeSpan.TicksPerMicrosecond)),
        DirectoryActCodec.Decode(row.Text(5)));

    /// <summary>Takes a member out of all groups and roles.</summary>
    /// <param name="name">What it is called until now.</param>
    public static void Leave(SqliteDatabase database, MemberId member, string name, ActOrigin by)
    {
        var leaving = new MemberRecord(member, name);
        foreach (var (group, called) in database.Statement("ListGroupsOf").Bind(1, member.Value).ReadAll(r => (new GroupId(r.Guid(0)), r.Text(1))))
            Add(database, DirectoryChange.Left(group, called, leaving), by);
        foreach (var role in database.Statement("ListRolesOf").Bind(1, member.Value).ReadAll(r => r.Text(0)))
            Add(database, DirectoryChange.Revoked(role, leaving), by);
        database.Statement("LeaveGroups").Bind(1, member.Value).Run();
        database.Statement("LeaveRoles").Bind(1, member.Value).Run();
    }
}
