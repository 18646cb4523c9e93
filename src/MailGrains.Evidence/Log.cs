using Microsoft.Extensions.Logging;

namespace MailGrains.Evidence;

/// <summary>Everything this project logs. Event ids 4800–4899.</summary>
internal static partial class Log
{
    [LoggerMessage(4800, LogLevel.Information, "Checkpoint {Number} signed, over {Events} events.")]
    public static partial void Signed(ILogger logger, long number, long events);

    [LoggerMessage(4801, LogLevel.Critical, "The log is not signed, as it is not the continuation of what was signed: {Problems}")]
    public static partial void SigningRefused(ILogger logger, string problems);

    [LoggerMessage(4802, LogLevel.Warning, "Checkpoint {Number} signed although the log does not continue what was signed before; the reason: {Reason}")]
    public static partial void BreakAccepted(ILogger logger, long number, string reason);

    [LoggerMessage(4803, LogLevel.Warning, "The hashes kept of partition {Partition} were damaged and made anew from the log, which is as it was signed.")]
    public static partial void HashesRepaired(ILogger logger, int partition);

    [LoggerMessage(4804, LogLevel.Warning, "Checkpoint {Number} got no time stamp; trying again in a few minutes.")]
    public static partial void NoTimeStamp(ILogger logger, Exception exception, long number);

    [LoggerMessage(4805, LogLevel.Error, "The log could not be signed; trying again in a few minutes.")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(4806, LogLevel.Information, "{Events} events that were kept for {KeepFor} were removed from the log")]
    public static partial void Shortened(ILogger logger, long events, TimeSpan keepFor);

    [LoggerMessage(4807, LogLevel.Warning, "Old events could not be removed from the log; trying again in a few minutes")]
    public static partial void NotShortened(ILogger logger, Exception exception);

    [LoggerMessage(4808, LogLevel.Warning, "Old events of partition {Partition} of the log stay after position {Position}: {Reason} holds them back")]
    public static partial void HeldBack(ILogger logger, int partition, long position, string reason);
}
