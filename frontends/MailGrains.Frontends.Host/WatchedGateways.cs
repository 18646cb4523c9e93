using MailGrains.Grains.Contracts.Calls;
using Orleans.Messaging;

namespace MailGrains.Frontends.Host;

/// <summary>The list of silos, read from the store as ever, and a look at what is different in it.</summary>
internal sealed class WatchedGateways(IGatewayListProvider list, SiloChanges changes, TimeProvider time) : IGatewayListProvider
{
    /// <summary>Until then the client has the new list, and what is called again is not sent to the old silo.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    private HashSet<Uri> _known = [];

    public TimeSpan MaxStaleness => list.MaxStaleness;

    [Obsolete("Orleans no longer asks.")]
    public bool IsUpdatable => list.IsUpdatable;

    public Task InitializeGatewayListProvider() => list.InitializeGatewayListProvider();

    public Task InitializeGatewayListProviderAsync(CancellationToken cancellationToken) => list.InitializeGatewayListProviderAsync(cancellationToken);

    public async Task<IList<Uri>> GetGateways() => Compared(await list.GetGateways());

    public async Task<IList<Uri>> GetGatewaysAsync(CancellationToken cancellationToken) => Compared(await list.GetGatewaysAsync(cancellationToken));

    private IList<Uri> Compared(IList<Uri> gateways)
    {
        HashSet<Uri> now = [.. gateways];
        var before = Interlocked.Exchange(ref _known, now);
        if (!before.SetEquals(now)) _ = TellAsync(!before.IsSubsetOf(now));
        return gateways;
    }

    private async Task TellAsync(bool gone)
    {
        await Task.Delay(Grace, time);
        changes.Changed(gone);
    }
}
