namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>What the log knows and the client is not told.</summary>
public enum LoginFailure
{
    /// <summary>A wrong password, or a SCRAM proof that does not fit.</summary>
    Credentials,

    /// <summary>The account is disabled, whatever the password was.</summary>
    Disabled,

    /// <summary>The account has as many sessions as it may; the password was right.</summary>
    Limit,
}
