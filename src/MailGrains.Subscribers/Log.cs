using Microsoft.Extensions.Logging;

namespace MailGrains.Subscribers;

/// <summary>Everything this project logs; event ids 2600–2699.</summary>
internal static partial class Log
{
    [LoggerMessage(2600, LogLevel.Warning, "Subscriber {Subscriber} failed at events {First} to {Last} of partition {Partition}; they will be tried again")]
    public static partial void HandlerFailed(ILogger logger, Exception failure, string subscriber, int partition, long first, long last);

    [LoggerMessage(2601, LogLevel.Error, "Subscriber {Subscriber} passes over event {Position} of partition {Partition} after {Attempts} attempts: {Error}")]
    public static partial void DeadLetter(ILogger logger, string subscriber, int partition, long position, int attempts, string error);

    [LoggerMessage(2602, LogLevel.Warning, "The position of subscriber {Subscriber} in partition {Partition} can't be read or written now; trying again")]
    public static partial void StoreFailed(ILogger logger, Exception failure, string subscriber, int partition);

    [LoggerMessage(2603, LogLevel.Information, "Subscriber {Subscriber} was moved from position {Position} of partition {Partition} by somebody else")]
    public static partial void FoundElsewhere(ILogger logger, string subscriber, int partition, long position);

    [LoggerMessage(2604, LogLevel.Error, "Subscriber {Subscriber} stands still in partition {Partition}: {Reason}")]
    public static partial void LogShortened(ILogger logger, string subscriber, int partition, string reason);

    [LoggerMessage(2605, LogLevel.Warning, "The picture of the mailboxes of partition {Partition} for subscriber {Subscriber} failed; it is taken again")]
    public static partial void SnapshotFailed(ILogger logger, Exception failure, string subscriber, int partition);
}
