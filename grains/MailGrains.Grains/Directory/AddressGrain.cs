using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Storage.Accounts;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="IAddressGrain"/>
[NotOnDrainingNodes]
internal sealed class AddressGrain(IDirectoryStore store, DomainChanges domains, TimeProvider time) : Grain, IAddressGrain
{
    /// <summary>Bounds what an invalidation that got lost with a node can do.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    /// <summary>How long an address that nobody has is asked for no more before it leaves memory.</summary>
    private static readonly TimeSpan LeavesAfter = TimeSpan.FromSeconds(1);

    private AddressTarget? _target;
    private long _readAt;
    private int _changes;
    private int _domainChanges;
    private IGrainTimer? _leaving;

    public async Task<AddressTarget?> ResolveAsync()
    {
        if (_target is { } known && _domainChanges == domains.Heard && time.GetElapsedTime(_readAt) < KeptFor) return known;
        var (changes, domainChanges, began) = (_changes, domains.Heard, time.GetTimestamp());
        var target = await ReadAsync();

        // What was read before a change must not be remembered after it.
        if (changes == _changes) (_target, _domainChanges, _readAt) = (target, domainChanges, began);

        // Addresses nobody has come by the million; they are neither remembered nor kept in memory.
        if (target is null) LeaveSoon();
        return target;
    }

    public Task ForgetAsync()
    {
        _changes++;
        _target = null;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Not at once: of many who ask for such an address at the same time, those behind the first would be sent from one activation that leaves to the
    /// next until they are turned away, and wait longer than who asks for an address that somebody has.
    /// </summary>
    private void LeaveSoon()
    {
        if (_leaving is null) _leaving = this.RegisterGrainTimer(LeaveAsync, LeavesAfter, Timeout.InfiniteTimeSpan);
        else _leaving.Change(LeavesAfter, Timeout.InfiniteTimeSpan);
    }

    private Task LeaveAsync()
    {
        if (_target is null) DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task<AddressTarget?> ReadAsync()
    {
        var found = await store.ResolveAsync(this.GetPrimaryKeyString(), AddressTarget.MaxMembers, CancellationToken.None);
        return found is null ? null : new AddressTarget { Account = found.Account, Disabled = found.Disabled, Members = found.Members };
    }
}
