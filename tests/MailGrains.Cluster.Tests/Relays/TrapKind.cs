namespace MailGrains.Cluster.Tests.Relays;

/// <summary>What <see cref="RelayTrap"/> does to a request.</summary>
internal enum TrapKind
{
    None,
    LoseAnswer,
    TearRequest,
}
