namespace MailGrains.Search;

/// <summary>What a criterion says about a message as far as it has been looked at.</summary>
public enum Verdict
{
    No,
    Yes,

    /// <summary>What has been read of the message so far does not tell: read more and ask again.</summary>
    Unknown,
}
