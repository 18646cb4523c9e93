namespace MailGrains.Cluster.Tests.Cluster;

internal enum NodeKind
{
    /// <summary>Grains, and frontends of its own.</summary>
    Silo,

    /// <summary>Frontends alone.</summary>
    Frontend,
}
