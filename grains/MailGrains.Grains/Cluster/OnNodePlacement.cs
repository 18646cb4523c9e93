namespace MailGrains.Grains.Cluster;

/// <inheritdoc cref="OnNodeAttribute"/>
internal sealed class OnNodePlacement : PlacementStrategy;
