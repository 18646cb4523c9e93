using Orleans.Placement;

namespace MailGrains.Grains.Cluster;

/// <inheritdoc cref="NotOnDrainingNodesAttribute"/>
internal sealed class NotOnDrainingNodesFilter() : PlacementFilterStrategy(order: 0);
