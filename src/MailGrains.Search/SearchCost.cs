namespace MailGrains.Search;

/// <summary>What has to be read of a message at most to decide a criterion, cheapest first.</summary>
public enum SearchCost
{
    /// <summary>The index row.</summary>
    Row,

    /// <summary>The stored summary.</summary>
    Summary,

    /// <summary>The message's octets.</summary>
    Body,
}
