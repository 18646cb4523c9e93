namespace MailGrains.Cluster.Tests.Failover;

/// <summary>How a silo goes away.</summary>
public enum FailureKind
{
    /// <summary>SIGKILL.</summary>
    Kill,

    /// <summary>SIGSTOP: its connections stay open, nobody answers.</summary>
    Hang,

    /// <summary>SIGTERM.</summary>
    Stop,
}
