using System.Data.Common;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Events;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Accounts;

/// <summary>
/// Acts of the directory within the transaction of the change. Whoever writes some has the row that counts them until the transaction ends, so that they are
/// numbered in the order in which they are committed. That row is locked before all others: two writers don't wait for each other in a circle.
/// </summary>
internal sealed class DirectoryActWriting
{
    private readonly DirectoryTransaction _write;
    private readonly ActOrigin _by;
    private long _number;

    private DirectoryActWriting(DirectoryTransaction write, ActOrigin by, long number, long? pictured) =>
        (_write, _by, _number, Pictured) = (write, by, number, pictured);

    /// <summary>When the directory was last written down whole, in µs.</summary>
    public long? Pictured { get; }

    /// <summary>Stands before all else of a change: what there is before the first one is written down.</summary>
    public static async Task<DirectoryActWriting> BeginAsync(DirectoryTransaction write, ActOrigin by)
    {
        var acts = await LockAsync(write, by);
        if (acts.Pictured is null) await acts.PictureAsync();
        return acts;
    }

    public static async Task<DirectoryActWriting> LockAsync(DirectoryTransaction write, ActOrigin by)
    {
        var (number, pictured) = (await write.ListAsync("LockDirectoryLog", r => (r.GetInt64(0), r.IsDBNull(1) ? (long?)null : r.GetInt64(1))))[0];
        return new DirectoryActWriting(write, by, number, pictured);
    }

    public Task AddAsync(DirectoryChange change) => AddAsync(change, _by);

    /// <summary>Writes the directory down whole.</summary>
    public async Task PictureAsync()
    {
        var contents = new DirectoryContents(
            await _write.ListAsync("ListGroups", DirectoryRows.Group, "", (long)int.MaxValue),
            await _write.ListAsync("ListAllMembers", r => (new GroupId(Rows.Id(r, 0)), DirectoryRows.Member(r, 1))),
            await _write.ListAsync("ListRoles", r => new RoleRecord(r.GetString(0), DirectoryRows.Member(r, 1))),
            await _write.ListAsync("ListDomains", DirectoryRows.Domain));
        foreach (var change in contents.ToChanges()) await AddAsync(change, new ActOrigin(null, null, _by.At));
        await _write.RunAsync("MarkPictured", EventHash.Microseconds(_by.At));
    }

    /// <summary>Takes a member out of all groups and roles.</summary>
    public async Task LeaveAsync(MemberRecord member)
    {
        var id = member.Member.Value;
        foreach (var (group, name) in await _write.ListAsync("ListGroupsOf", r => (new GroupId(Rows.Id(r, 0)), r.GetString(1)), id))
            await AddAsync(DirectoryChange.Left(group, name, member));
        foreach (var role in await _write.ListAsync("ListRolesOf", r => r.GetString(0), id)) await AddAsync(DirectoryChange.Revoked(role, member));
        await _write.RunAsync("LeaveGroups", id);
        await _write.RunAsync("LeaveRoles", id);
    }

    /// <summary>The member with its name, or null where there is none.</summary>
    public async Task<MemberRecord?> FindAsync(MemberId member)
    {
        var name = member.IsGroup
            ? (await GroupAsync(member.ToGroup()))?.Name
            : (await _write.ListAsync("ReadLogin", r => r.GetString(0), member.Value)).FirstOrDefault();
        return name is null ? null : new MemberRecord(member, name);
    }

    public async Task<MemberRecord> NamedAsync(MemberId member) => await FindAsync(member) ?? new MemberRecord(member, "");

    public async Task<GroupRecord?> GroupAsync(GroupId group) => (await _write.ListAsync("ReadGroup", DirectoryRows.Group, group.Value)).FirstOrDefault();

    public static DirectoryAct Act(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetString(2),
        new ActOrigin(
            DirectoryRows.TextOrNull(row, 3),
            DirectoryRows.TextOrNull(row, 4),
            DateTimeOffset.UnixEpoch.AddTicks(row.GetInt64(1) * TimeSpan.TicksPerMicrosecond)),
        DirectoryActCodec.Decode(row.GetString(5)));

    private Task AddAsync(DirectoryChange change, ActOrigin by) => _write.RunAsync(
        "AddDirectoryAct", ++_number, EventHash.Microseconds(by.At), change.Type, by.Actor, by.Client, DirectoryActCodec.Encode(change.Details));
}
