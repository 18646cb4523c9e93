using Orleans.Placement;

namespace MailGrains.Grains.Cluster;

/// <summary>Grains that are work: none is placed on a silo that is being emptied.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotOnDrainingNodesAttribute() : PlacementFilterAttribute(new NotOnDrainingNodesFilter());
