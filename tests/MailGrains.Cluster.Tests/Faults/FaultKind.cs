namespace MailGrains.Cluster.Tests.Faults;

/// <summary>What may happen to a cluster.</summary>
internal enum FaultKind
{
    KillSilo,
    HangSilo,
    StopSilo,
    KillFrontend,
    HangFrontend,
    StopFrontend,
    RestartDatabase,
    KillDatabase,
    BreakDatabaseConnections,
    LoseAnswerToCommit,
    TearCommit,
    StallDatabaseConnections,
    CutSiloOff,
}
