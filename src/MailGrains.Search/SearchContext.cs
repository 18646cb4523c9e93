using MailGrains.Model;

namespace MailGrains.Search;

/// <summary>What the words of a search mean in the session that asks.</summary>
public sealed record SearchContext
{
    public required KeywordTable Keywords { get; init; }

    /// <summary>UIDs that are \Recent in the session.</summary>
    public required UidSet Recent { get; init; }

    /// <summary>The number of messages the session sees: <c>*</c> among sequence numbers.</summary>
    public required uint Exists { get; init; }

    /// <summary>The largest UID the session sees: <c>*</c> among UIDs.</summary>
    public required uint LargestUid { get; init; }

    /// <summary>UIDs of the saved result (<c>$</c>, RFC 5182).</summary>
    public required UidSet Saved { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The content a client's EMAILID names; null when it names none of this mailbox.</summary>
    public required Func<string, EmailId?> EmailOf { get; init; }
}
