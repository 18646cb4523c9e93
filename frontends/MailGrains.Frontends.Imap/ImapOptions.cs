namespace MailGrains.Frontends.Imap;

/// <summary>What an operator may set of IMAP.</summary>
public sealed record ImapOptions
{
    /// <summary>The largest message APPEND takes, in octets; advertised as APPENDLIMIT (RFC 7889).</summary>
    public int AppendLimit { get; init; } = 50 * 1024 * 1024;

    /// <summary>
    /// Sessions of one user on this process; the next login is refused with NO [LIMIT], without asking the mailbox, which counts those of all
    /// processes.
    /// </summary>
    public int MaxConnectionsPerUser { get; init; } = 100;

    /// <summary>Sessions of one user in IDLE at once; the next IDLE is refused with NO [LIMIT].</summary>
    public int MaxIdlesPerUser { get; init; } = 100;

    /// <summary>Octets of message summaries kept in memory, over all sessions of the process.</summary>
    public long EmailCacheOctets { get; init; } = 64 * 1024 * 1024;

    /// <summary>Whether passwords may cross an unprotected connection; null: from this machine only.</summary>
    public bool? AllowPlaintextAuth { get; init; }

    /// <summary>The failed login after which the connection is closed.</summary>
    public int MaxFailedLogins { get; init; } = 4;

    /// <summary>Invalid commands before login after which the connection is closed.</summary>
    public int MaxInvalidCommands { get; init; } = 20;

    /// <summary>How often a session in IDLE asks its mailbox by itself, should a push have been lost in a failover.</summary>
    public TimeSpan IdleHeartbeat { get; init; } = TimeSpan.FromSeconds(30);
}
