namespace MailGrains.Subscribers;

/// <summary>What a change is answered whose event a blocking subscriber has not handled in time.</summary>
public enum TimeoutAnswer
{
    /// <summary>It is acknowledged all the same (fail open).</summary>
    Accept,

    /// <summary>A temporary failure (fail closed).</summary>
    Refuse,
}
