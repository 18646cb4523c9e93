namespace MailGrains.Subscribers;

/// <summary>Where a subscriber begins.</summary>
public enum StartKind
{
    /// <summary>With the first event there ever was; not where that is removed.</summary>
    Beginning,

    /// <summary>With what is written after its first start.</summary>
    Now,

    /// <summary>With the events from a time on; not where one of them may be removed.</summary>
    Time,

    /// <summary>With the first event that is kept, whatever was before.</summary>
    Kept,
}
