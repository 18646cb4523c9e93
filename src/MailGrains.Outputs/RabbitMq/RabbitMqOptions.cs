using MailGrains.Subscribers;

namespace MailGrains.Outputs.RabbitMq;

/// <summary>A broker and the exchange events go to.</summary>
/// <param name="Url"><c>amqp://user@host:port/vhost</c>, or <c>amqps</c> for TLS.</param>
public sealed record RabbitMqOptions(Uri Url, string Exchange)
{
    /// <summary>Of the user in the URL; null: the one brokers have at first.</summary>
    public SecretFile? Password { get; init; }

    /// <summary>Messages that came have their ENVELOPE and BODYSTRUCTURE.</summary>
    public bool HasStructure { get; init; }

    /// <summary>How long the confirmation of a batch is waited for.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
