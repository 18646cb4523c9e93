using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace MailGrains.Grains.Cluster;

/// <inheritdoc cref="NotOnDrainingNodesAttribute"/>
internal sealed class NotOnDrainingNodesDirector(DrainingNodes draining) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos) =>
        draining.Spare(silos);
}
