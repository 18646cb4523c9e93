namespace MailGrains.Frontends.Authentication;

public enum LoginOutcome
{
    Accepted,

    /// <summary>Unknown user, wrong password or disabled account: the client is not told which (AUTHENTICATIONFAILED).</summary>
    Rejected,

    /// <summary>Too many failures of this user or from this address; nothing was checked (UNAVAILABLE, try later).</summary>
    Throttled,
}
