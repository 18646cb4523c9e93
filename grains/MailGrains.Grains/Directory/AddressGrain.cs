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

    private AddressTarget? _target;
    private long _readAt;
    private int _changes;
    private int _domainChanges;

    public async Task<AddressTarget?> ResolveAsync()
    {
        if (_target is { } known && _domainChanges == domains.Heard && time.GetElapsedTime(_readAt) < KeptFor) return known;
        var (changes, domainChanges, began) = (_changes, domains.Heard, time.GetTimestamp());
        var target = await ReadAsync();

        // What was read before a change must not be remembered after it.
        if (changes == _changes) (_target, _domainChanges, _readAt) = (target, domainChanges, began);

        // Addresses nobody has come by the million; they are neither remembered nor kept in memory.
        if (target is null) DeactivateOnIdle();
        return target;
    }

    public Task ForgetAsync()
    {
        _changes++;
        _target = null;
        return Task.CompletedTask;
    }

    private async Task<AddressTarget?> ReadAsync()
    {
        var found = await store.ResolveAsync(this.GetPrimaryKeyString(), AddressTarget.MaxMembers, CancellationToken.None);
        return found is null ? null : new AddressTarget { Account = found.Account, Disabled = found.Disabled, Members = found.Members };
    }
}
