using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Imap;

/// <summary>Event ids 1200 to 1299.</summary>
internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Information, "Session {Session} was opened again with mailbox {Account}")]
    public static partial void SessionReopened(ILogger logger, string session, AccountId account);

    [LoggerMessage(1201, LogLevel.Warning, "Session {Session} could not be continued with mailbox {Account}: its client must connect again")]
    public static partial void SessionLost(ILogger logger, string session, AccountId account);

    [LoggerMessage(1202, LogLevel.Warning, "Mailbox {Account} could not be reached for session {Session}")]
    public static partial void MailboxUnreachable(ILogger logger, Exception failure, AccountId account, string session);

    [LoggerMessage(1203, LogLevel.Error, "Messages of mailbox {Account} are damaged; session {Session} was told so")]
    public static partial void BodiesDamaged(ILogger logger, AccountId account, string session);
}
