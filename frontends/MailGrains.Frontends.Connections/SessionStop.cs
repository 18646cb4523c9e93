namespace MailGrains.Frontends.Connections;

/// <summary>Why the server wants a session to say goodbye (<c>* BYE</c>, <c>421</c>) and end.</summary>
public enum SessionStop
{
    None,

    /// <summary>This process is shutting down.</summary>
    Draining,

    /// <summary>No command was completed and no body made progress for the idle time-out.</summary>
    IdleTimeout,

    /// <summary>The client did not log in within the total deadline.</summary>
    LoginTimeout,

    /// <summary>An administrator or the server itself ended this session (a disabled account, a revoked login).</summary>
    Kicked,
}
