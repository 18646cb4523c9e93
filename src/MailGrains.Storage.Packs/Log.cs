using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Packs;

/// <summary>Everything this project logs. Event ids 2100–2199.</summary>
internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Information, "Began pack {Pack}.")]
    public static partial void PackBegun(ILogger logger, int pack);

    [LoggerMessage(2101, LogLevel.Error, "Writing bodies failed; what was appended from pack {Pack}, offset {Offset} on is lost and was not acknowledged.")]
    public static partial void PackAbandoned(ILogger logger, Exception exception, int pack, long offset);

    [LoggerMessage(2102, LogLevel.Warning, "The unused end of pack {Pack} could not be given back.")]
    public static partial void PackNotTrimmed(ILogger logger, Exception exception, int pack);

    [LoggerMessage(2103, LogLevel.Information, "Cut pack {Pack} to {Length} octets: the rest was never written.")]
    public static partial void PackTrimmed(ILogger logger, int pack, long length);

    [LoggerMessage(2104, LogLevel.Error, "Body {Blob} at pack {Pack}, offset {Offset} is damaged: {Detail}")]
    public static partial void BodyDamaged(ILogger logger, Model.BlobId blob, int pack, long offset, string detail);

    [LoggerMessage(2105, LogLevel.Information, "Collected bodies: {Forgotten} forgotten, {Moved} moved, {Retired} packs retired, {Deleted} deleted.")]
    public static partial void Collected(ILogger logger, int forgotten, int moved, int retired, int deleted);

    [LoggerMessage(2106, LogLevel.Error, "Pack {Pack} is mostly dead and can't be compacted, because a body in it is damaged.")]
    public static partial void PackNotCompacted(ILogger logger, Exception exception, int pack);

    [LoggerMessage(2107, LogLevel.Warning, "Pack {Pack}, in which nothing is any more, could not be deleted.")]
    public static partial void PackNotDeleted(ILogger logger, Exception exception, int pack);
}
