using Orleans.Placement;

namespace MailGrains.Grains.Cluster;

/// <summary>Grains whose key names the silo they are on.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnNodeAttribute() : PlacementAttribute(new OnNodePlacement());
