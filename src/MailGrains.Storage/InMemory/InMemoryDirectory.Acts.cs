using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;

namespace MailGrains.Storage.InMemory;

public sealed partial class InMemoryDirectory
{
    private readonly List<DirectoryAct> _acts = [];
    private long _lastAct;
    private DateTimeOffset? _pictured;

    public Task<bool> SnapshotAsync(DateTimeOffset at, DateTimeOffset before, CancellationToken cancellation) => Locked(() =>
    {
        if (_pictured >= before) return false;
        Picture(at);
        return true;
    });

    public Task<IReadOnlyList<DirectoryAct>> ReadActsAsync(int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<DirectoryAct>>(() => [.. _acts.Take(limit)]);

    public Task SettleActsAsync(long number, CancellationToken cancellation) => Locked(() => _acts.RemoveAll(a => a.Number <= number));

    private Task<WriteOutcome> Changed(ActOrigin by, Func<WriteOutcome> change) => Locked(() =>
    {
        if (_pictured is null) Picture(by.At);
        return change();
    });

    private void Picture(DateTimeOffset at)
    {
        var contents = new DirectoryContents(
            [.. _groups.Values.OrderBy(g => g.Name, StringComparer.Ordinal)],
            [.. _members.Select(m => (m.Group, Named(m.Member))).OrderBy(m => m.Item2.Name, StringComparer.Ordinal)],
            [.. _roles.Select(r => new RoleRecord(r.Role, Named(r.Holder)))],
            [.. _domains.Select(d => new DomainRecord(d.Key, d.Value))]);
        foreach (var change in contents.ToChanges()) Act(change, new ActOrigin(null, null, at));
        _pictured = at;
    }

    private void Act(DirectoryChange change, ActOrigin by)
    {
        var at = by.At.AddTicks(-(by.At.Ticks % TimeSpan.TicksPerMicrosecond));
        _acts.Add(new DirectoryAct(++_lastAct, change.Type, by with { At = at }, DirectoryActCodec.Decode(DirectoryActCodec.Encode(change.Details))));
    }

    /// <param name="name">What it is called until now.</param>
    private void Leave(MemberId member, string name, ActOrigin by)
    {
        var leaving = new MemberRecord(member, name);
        foreach (var (group, _) in _members.Where(m => m.Member == member).OrderBy(m => _groups[m.Group].Name, StringComparer.Ordinal).ToList())
            Act(DirectoryChange.Left(group, _groups[group].Name, leaving), by);
        foreach (var (role, _) in _roles.Where(r => r.Holder == member).OrderBy(r => r.Role, StringComparer.Ordinal).ToList())
            Act(DirectoryChange.Revoked(role, leaving), by);
        _members.RemoveWhere(m => m.Member == member);
        _roles.RemoveWhere(r => r.Holder == member);
    }
}
