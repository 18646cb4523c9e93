using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model.Accounts;

namespace MailGrains.Grains.Directory;

/// <summary>
/// Who was in which group at a moment, from the events of the directory's log:
/// <list type="number">
/// <item>changes count in the order of their numbers, each once, whatever order they stand in,</item>
/// <item>the last snapshot that was made by then is what is begun with,</item>
/// <item>of what changed after it, what had been changed by then counts. Times are those of the change, which an event may have been written later than.</item>
/// </list>
/// </summary>
internal sealed class GroupHistory
{
    private readonly List<DirectoryEvent> _events;

    public GroupHistory(IEnumerable<DirectoryEvent> events) =>
        _events = [.. events.DistinctBy(e => e.Change).OrderBy(e => e.Change)];

    /// <exception cref="DirectoryException">The log begins later, or no group had that name.</exception>
    public IEnumerable<MemberProfile> MembersAsOf(string group, DateTimeOffset moment)
    {
        if (_events.FindLast(e => e.Type == AccountEventType.DirectorySnapshot && e.At <= moment) is not { } first) throw TooEarly(moment);
        var (names, members) = (new Dictionary<GroupId, string>(), new Dictionary<GroupId, HashSet<MemberId>>());
        foreach (var change in _events.Where(e => e.Change > first.Change && e.At <= moment)) Apply(change, names, members);
        var found = names.Where(n => n.Value == group).Select(n => n.Key).ToList();
        if (found.Count == 0) throw new DirectoryException(DirectoryError.NotFound, $"There was no group '{group}' at {moment.UtcDateTime:u}.");
        return Inside(found[^1], members);
    }

    private static void Apply(DirectoryEvent change, Dictionary<GroupId, string> names, Dictionary<GroupId, HashSet<MemberId>> members)
    {
        switch (change.Type)
        {
            case AccountEventType.GroupCreate or AccountEventType.GroupSnapshot:
                names[change.Group] = change.GroupName;
                Of(members, change.Group).UnionWith(change.Members.Select(m => m.Id));
                break;
            case AccountEventType.GroupDelete:
                names.Remove(change.Group);
                members.Remove(change.Group);
                break;
            case AccountEventType.GroupMemberAdd:
                Of(members, change.Group).UnionWith(change.Members.Select(m => m.Id));
                break;
            case AccountEventType.GroupMemberRemove:
                Of(members, change.Group).ExceptWith(change.Members.Select(m => m.Id));
                break;
        }
    }

    private static HashSet<MemberId> Of(Dictionary<GroupId, HashSet<MemberId>> members, GroupId group) =>
        members.TryGetValue(group, out var known) ? known : members[group] = [];

    /// <summary>Accounts in a group and in groups in it, each once, with the last name the log has for it.</summary>
    private IEnumerable<MemberProfile> Inside(GroupId group, Dictionary<GroupId, HashSet<MemberId>> members)
    {
        var (waiting, seen, accounts) = (new Queue<GroupId>([group]), new HashSet<GroupId> { group }, new HashSet<MemberId>());
        while (waiting.TryDequeue(out var next))
        {
            foreach (var member in members.GetValueOrDefault(next, []))
            {
                if (!member.IsGroup) accounts.Add(member);
                else if (seen.Add(member.ToGroup())) waiting.Enqueue(member.ToGroup());
            }
        }

        var names = new Dictionary<MemberId, string>();
        foreach (var (id, name) in _events.SelectMany(e => e.Members)) names[id] = name;
        return accounts.Select(a => new MemberProfile(a, names[a])).OrderBy(m => m.Name, StringComparer.Ordinal);
    }

    private DirectoryException TooEarly(DateTimeOffset moment)
    {
        var begins = _events.Find(e => e.Type == AccountEventType.DirectorySnapshot);
        return new DirectoryException(
            DirectoryError.OutsideLog,
            begins is null
                ? "The directory's log has not begun yet; try again in a moment."
                : $"Who was in a group at {moment.UtcDateTime:u} is not known: the directory's log begins at {begins.At.UtcDateTime:u}.");
    }
}
