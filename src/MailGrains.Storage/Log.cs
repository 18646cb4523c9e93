using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage;

/// <summary>Everything this project logs. Event ids 2000–2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "The bodies of {Commits} commits could not be flushed; they fail.")]
    public static partial void BodyFlushFailed(ILogger logger, Exception exception, int commits);

    [LoggerMessage(2001, LogLevel.Error, "A group of {Commits} commits could not be made durable; all of them fail.")]
    public static partial void GroupFailed(ILogger logger, Exception exception, int commits);

    [LoggerMessage(2002, LogLevel.Error, "The store refused a group of {Commits} commits for an unforeseen reason; trying them one by one.")]
    public static partial void GroupSplit(ILogger logger, Exception exception, int commits);

    [LoggerMessage(2003, LogLevel.Warning, "Commit of mailbox {Account} under epoch {Epoch} was fenced: it has a new owner.")]
    public static partial void Fenced(ILogger logger, AccountId account, long epoch);
}
