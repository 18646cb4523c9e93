namespace MailGrains.Subscribers;

/// <summary>Where a subscriber begins.</summary>
public enum StartKind
{
    /// <summary>With the first event that is kept.</summary>
    Beginning,

    /// <summary>With what is written after its first start.</summary>
    Now,

    /// <summary>With the events from a time on.</summary>
    Time,
}
