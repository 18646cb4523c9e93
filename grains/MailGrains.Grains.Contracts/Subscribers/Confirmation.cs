namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>Whether a subscriber has handled an event.</summary>
public enum Confirmation
{
    /// <summary>Not by now.</summary>
    NotYet,

    /// <summary>Its effect is durable.</summary>
    Handled,

    /// <summary>It was passed over: a dead letter.</summary>
    GivenUp,
}
