namespace MailGrains.Cluster.Tests.Cluster;

/// <summary>Whether nodes reach each other and the database through relays of the test, which can fail and cost time.</summary>
internal enum Relaying
{
    All,

    /// <summary>Straight, for measurements.</summary>
    None,
}
