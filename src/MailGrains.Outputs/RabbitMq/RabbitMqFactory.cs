using System.Text;
using MailGrains.Subscribers;

namespace MailGrains.Outputs.RabbitMq;

/// <summary>Keys: <c>Url</c>, <c>Exchange</c> (mailgrains.events), <c>PasswordFile</c>, <c>Structure</c> (on or off), <c>TimeoutSeconds</c> (30).</summary>
public sealed class RabbitMqFactory : IEventHandlerFactory
{
    /// <summary>A short string of AMQP.</summary>
    private const int LongestExchange = 255;

    public IEventHandler Create(SubscriberSection section)
    {
        var exchange = section.Text("Exchange", "mailgrains.events");
        if (exchange.Length == 0 || Encoding.UTF8.GetByteCount(exchange) > LongestExchange || exchange.StartsWith("amq.", StringComparison.Ordinal))
            throw section.Wrong("Exchange", "expected a name that doesn't begin with amq.");
        var options = new RabbitMqOptions(section.Url("Url", "amqps", "amqp"), exchange)
        {
            Password = section.Secret("PasswordFile"),
            HasStructure = section.HasStructure(),
            Timeout = OutputKeys.Timeout(section),
        };
        return new RabbitMqHandler(section.Name, options, TimeProvider.System, section.Types());
    }
}
