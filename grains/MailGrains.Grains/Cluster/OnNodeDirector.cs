using Orleans.Runtime.Placement;

namespace MailGrains.Grains.Cluster;

/// <inheritdoc cref="OnNodeAttribute"/>
internal sealed class OnNodeDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var node = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(node)
            ? Task.FromResult(node)
            : throw new SiloUnavailableException($"Silo {node} is not in the cluster.");
    }
}
