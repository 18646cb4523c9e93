using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Lmtp;

/// <summary>Event ids 1100 to 1199.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Information,
        "Delivered id={Id} to={Recipient} from={Sender} messageid={MessageId} size={Size} folder={Folder} uid={Uid} duplicate={Duplicate} ms={Milliseconds}")]
    public static partial void Delivered(
        ILogger log, string id, string recipient, string sender, string messageId, int size, string folder, uint uid, bool duplicate, double milliseconds);

    [LoggerMessage(1101, LogLevel.Warning,
        "Refused id={Id} to={Recipient} from={Sender} messageid={MessageId} size={Size} error={Error} ms={Milliseconds}")]
    public static partial void Refused(
        ILogger log, string id, string recipient, string sender, string messageId, int size, MailboxError error, double milliseconds);

    [LoggerMessage(1102, LogLevel.Error,
        "Deferred id={Id} to={Recipient} from={Sender} messageid={MessageId} size={Size} ms={Milliseconds}")]
    public static partial void DeliveryFailed(
        ILogger log, Exception failure, string id, string recipient, string sender, string messageId, int size, double milliseconds);

    [LoggerMessage(1103, LogLevel.Error, "Recipient {Recipient} could not be looked up in session {Session}")]
    public static partial void LookupFailed(ILogger log, Exception failure, string recipient, string session);

    [LoggerMessage(1104, LogLevel.Warning, "A refused message could not be told to the log of mailbox {Account}")]
    public static partial void RejectionNotTold(ILogger log, Exception failure, AccountId account);
}
