using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Authentication;

/// <summary>Everything this project logs; event ids 4700–4799.</summary>
internal static partial class Log
{
    [LoggerMessage(4700, LogLevel.Warning, "A failed login to account {Account} could not be written to the event log")]
    public static partial void FailureNotRecorded(ILogger logger, Exception failure, AccountId account);

    [LoggerMessage(4701, LogLevel.Warning, "A password verifier that account {Account} lacks could not be added; its next login tries again")]
    public static partial void VerifierNotAdded(ILogger logger, Exception failure, AccountId account);
}
