namespace MailGrains.Grains.Contracts.Sessions;

/// <summary>Which changes a session may be told now (RFC 9051 section 7.5.1).</summary>
public enum UpdateScope
{
    /// <summary>FETCH, STORE, SEARCH and commands in progress: message sequence numbers must not move.</summary>
    WithoutExpunges,

    All,
}
