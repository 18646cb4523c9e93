namespace MailGrains.Frontends.Authentication;

/// <summary>
/// Checks logins for every frontend alike: throttled per user and per client address, the same words and the same time for an unknown user and a
/// wrong password.
/// </summary>
public interface IAuthenticator
{
    /// <summary>Checks a password that came in clear (LOGIN, PLAIN, HTTP Basic).</summary>
    Task<LoginResult> LoginAsync(string user, string password, string? clientAddress, CancellationToken cancellation);

    /// <summary>Starts SCRAM-SHA-256 with the client's first message; null when the message is malformed.</summary>
    Task<ScramLogin?> BeginScramAsync(string clientFirst, string? clientAddress, CancellationToken cancellation);
}
