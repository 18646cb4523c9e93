using MailGrains.Grains.Contracts.Cluster;
using Orleans.Runtime;

namespace MailGrains.Frontends.Http.Cluster;

/// <summary>The silos of the cluster: who is a member says the membership, how they fare they say themselves.</summary>
internal sealed class ClusterMembers(IGrainFactory grains, TimeProvider time)
{
    /// <summary>A silo that hangs must not hang the answer of those that are well.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public IManagementGrain Management => grains.GetGrain<IManagementGrain>(0);

    public INodeGrain Node(SiloView silo) => grains.GetGrain<INodeGrain>(silo.Silo);

    /// <summary>Every silo that is not gone.</summary>
    public async Task<IReadOnlyList<SiloView>> ListAsync()
    {
        var members = (await Management.GetDetailedHosts(onlyActive: false)).Where(member => member.Status != SiloStatus.Dead);
        var silos = await Task.WhenAll(members.Select(ViewAsync));
        return [.. silos.OrderBy(silo => silo.Name, StringComparer.Ordinal).ThenBy(silo => silo.Silo, StringComparer.Ordinal)];
    }

    /// <summary>By name, by address with port, or by address with port and generation; null when none or more than one is meant.</summary>
    public async Task<SiloView?> FindAsync(string name)
    {
        var meant = (await ListAsync())
            .Where(silo => silo.Silo == name || silo.Name == name || silo.Silo.StartsWith(name + "@", StringComparison.Ordinal)).ToList();
        return meant.Count == 1 ? meant[0] : null;
    }

    private async Task<SiloView> ViewAsync(MembershipEntry member)
    {
        var started = new DateTimeOffset(DateTime.SpecifyKind(member.StartTime, DateTimeKind.Utc));
        var view = new SiloView(
            member.SiloAddress.ToParsableString(), member.SiloName, StateOf(member.Status), started, null, null, null, null, null, null);
        if (member.Status != SiloStatus.Active) return view;
        try
        {
            var asking = Node(view).StatusAsync().WaitAsync(Patience, time);
            var counting = Management.GetRuntimeStatistics([member.SiloAddress]).WaitAsync(Patience, time);
            await Task.WhenAll(asking, counting);
            return Answered(view, await asking, (await counting)[0]);
        }
        catch (Exception silent) when (silent is TimeoutException or OrleansException)
        {
            return view with { State = "silent" };
        }
    }

    private static SiloView Answered(SiloView view, NodeStatus status, SiloRuntimeStatistics counts) => view with
    {
        State = status.Draining ? "draining" : view.State,
        Version = status.Version,
        Mailboxes = status.Mailboxes,
        Sessions = status.Sessions,
        Activations = counts.ActivationCount,
        Clients = counts.ClientCount,
        ResidentBytes = status.ResidentBytes,
    };

    private static string StateOf(SiloStatus status) => status switch
    {
        SiloStatus.Active => "active",
        SiloStatus.Created or SiloStatus.Joining => "joining",
        SiloStatus.ShuttingDown or SiloStatus.Stopping => "stopping",
        _ => "unknown",
    };
}
