using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>Asks for all entries a mailbox ever had, in the order in which they came.</summary>
public sealed record EntriesQuery(AccountId Account, int Limit)
{
    /// <summary>Number of the last entry of the page before.</summary>
    public long After { get; init; }

    /// <summary>Only entries that had not left before then.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Only entries that had come by then, this instant included.</summary>
    public DateTimeOffset To { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>true: only what has left its folder; false: only what is still there.</summary>
    public bool? Left { get; init; }
}
