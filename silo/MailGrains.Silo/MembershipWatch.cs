using MailGrains.Grains.Contracts.Calls;
using Orleans.Runtime;

namespace MailGrains.Silo;

/// <summary>A silo is told of its cluster's members as soon as it knows itself; calls to one that is dead Orleans fails by itself.</summary>
internal sealed class MembershipWatch(IClusterMembershipService members, SiloChanges changes) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<SiloAddress> known = [];
        await foreach (var snapshot in members.MembershipUpdates.WithCancellation(stoppingToken))
        {
            HashSet<SiloAddress> now = [.. snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress)];
            if (known.SetEquals(now)) continue;
            var gone = !known.IsSubsetOf(now);
            known = now;
            changes.Changed(gone);
        }
    }
}
