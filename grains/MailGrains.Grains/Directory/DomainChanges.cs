using MailGrains.Grains.Contracts.Cluster;
using MailGrains.Grains.Contracts.Directory;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Directory;

/// <summary>
/// Domains that were added, disabled or enabled, as far as this silo has heard of it. Addresses of a domain are too many to tell each: what address grains
/// remember from before the last change is read again.
/// </summary>
internal sealed class DomainChanges(ISiloStatusOracle silos, IGrainFactory grains, ILogger<DomainChanges> log)
{
    private int _heard;

    /// <summary>Another number after each change.</summary>
    public int Heard => Volatile.Read(ref _heard);

    public void Hear() => Interlocked.Increment(ref _heard);

    /// <summary>
    /// When it returns, every silo that can be reached has been told. On one that can't be, addresses are read again before long, so that the change, which is
    /// done, does not fail for it.
    /// </summary>
    public Task TellAsync(DomainProfile domain) => Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(async silo =>
    {
        try
        {
            await grains.GetGrain<INodeGrain>(silo.ToParsableString()).HearDomainAsync(domain);
        }
        catch (Exception failure)
        {
            Log.DomainNotTold(log, failure, domain.Name, silo);
        }
    }));
}
