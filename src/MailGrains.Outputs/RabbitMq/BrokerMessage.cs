using RabbitMQ.Client;

namespace MailGrains.Outputs.RabbitMq;

/// <summary>What is published for an event.</summary>
internal sealed record BrokerMessage(string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body);
