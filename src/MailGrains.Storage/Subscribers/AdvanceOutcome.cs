namespace MailGrains.Storage.Subscribers;

/// <summary>How a step ended.</summary>
public enum AdvanceOutcome
{
    /// <summary>The new position is durable.</summary>
    Advanced,

    /// <summary>
    /// Nothing was written: the position was another. Somebody else handles this partition, it was rewound, or an answer of the database was lost
    /// and this was the second attempt. Whoever gets it reads the position again.
    /// </summary>
    Elsewhere,
}
