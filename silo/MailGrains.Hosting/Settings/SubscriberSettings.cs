using MailGrains.Outputs.Elasticsearch;
using MailGrains.Outputs.RabbitMq;
using MailGrains.Outputs.Webhooks;
using MailGrains.Subscribers;

namespace MailGrains.Hosting.Settings;

/// <summary>The keys below <c>Subscribers</c>, whose second part is a name the user gives: <c>Subscribers:audit:Kind</c>.</summary>
internal static class SubscriberSettings
{
    /// <summary>What a subscriber can be. Others come as plugins.</summary>
    private static readonly SubscriberKinds Kinds = SubscriberKinds.BuiltIn
        .With("elasticsearch", new ElasticsearchFactory())
        .With("webhook", new WebhookFactory())
        .With("rabbitmq", new RabbitMqFactory());

    /// <summary>Takes the keys out and makes subscribers of them.</summary>
    /// <exception cref="SettingsException">One of them can't be made; the message says why.</exception>
    public static IReadOnlyList<Subscriber> Take(Dictionary<string, (string Value, string Source)> given) =>
        NamedSections.Take(given, "Subscribers:", "Kind", (name, keys) => Kinds.Create(new SubscriberSection(name, keys)));
}
