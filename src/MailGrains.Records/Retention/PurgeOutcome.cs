namespace MailGrains.Records.Retention;

/// <summary>How a slice of purging ended.</summary>
public enum PurgeOutcome
{
    /// <summary>There is more to look at: go on with the next slice.</summary>
    More,

    /// <summary>The pass is over; the next slice begins from the start.</summary>
    Done,

    /// <summary>No rules: nothing is ever purged.</summary>
    NoRules,

    /// <summary>The clock is not trusted yet.</summary>
    ClockNotTrusted,

    /// <summary>The records are behind the log, in which there could be a hold.</summary>
    RecordsBehind,
}
