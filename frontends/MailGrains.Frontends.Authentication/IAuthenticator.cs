using MailGrains.Grains.Contracts.Sessions;

namespace MailGrains.Frontends.Authentication;

/// <summary>
/// Checks logins for every frontend alike: throttled per user and per client address, the same words and the same time for an unknown user and a
/// wrong password. An attempt that was checked and found wrong leaves a LoginFailed event in the account's log, if there is an account; one that was
/// throttled leaves none, so that guessing can't fill the log faster than it can guess.
/// </summary>
public interface IAuthenticator
{
    /// <summary>Checks a password that came in clear (LOGIN, PLAIN, HTTP Basic).</summary>
    /// <param name="attempt">Where the attempt comes from and by which mechanism; without actor and login, which it claims only.</param>
    Task<LoginResult> LoginAsync(string user, string password, SessionOrigin attempt, CancellationToken cancellation);

    /// <summary>Starts SCRAM-SHA-256 with the client's first message; null when the message is malformed.</summary>
    /// <param name="attempt">As for a password.</param>
    Task<ScramLogin?> BeginScramAsync(string clientFirst, SessionOrigin attempt, CancellationToken cancellation);

    /// <summary>
    /// To be called when a login that was accepted is refused all the same, as the account has as many sessions as it may. Leaves a LoginFailed event, at most
    /// one in a minute from a client address, so that a client that tries again and again does not fill the log. Nobody waits for it.
    /// </summary>
    void ReportLimit(LoginResult accepted, SessionOrigin attempt);
}
