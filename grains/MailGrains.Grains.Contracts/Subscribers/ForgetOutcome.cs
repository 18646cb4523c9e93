namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>How it ended that a subscriber was to be forgotten.</summary>
public enum ForgetOutcome
{
    Forgotten,

    /// <summary>Nobody has that name.</summary>
    Unknown,

    /// <summary>It is in the configuration, and would start anew at once.</summary>
    Configured,
}
