using MailGrains.Outputs.Elasticsearch;
using MailGrains.Outputs.RabbitMq;
using MailGrains.Outputs.Webhooks;
using MailGrains.Subscribers;

namespace MailGrains.Hosting.Settings;

/// <summary>The keys below <c>Subscribers</c>, whose second part is a name the user gives: <c>Subscribers:audit:Kind</c>.</summary>
internal static class SubscriberSettings
{
    private const string Section = "Subscribers:";

    /// <summary>What a subscriber can be. Others come as plugins.</summary>
    private static readonly SubscriberKinds Kinds = SubscriberKinds.BuiltIn
        .With("elasticsearch", new ElasticsearchFactory())
        .With("webhook", new WebhookFactory())
        .With("rabbitmq", new RabbitMqFactory());

    /// <summary>Takes the keys out and makes subscribers of them.</summary>
    /// <exception cref="SettingsException">One of them can't be made; the message says why.</exception>
    public static IReadOnlyList<Subscriber> Take(Dictionary<string, (string Value, string Source)> given)
    {
        var keys = given.Keys.Where(k => k.StartsWith(Section, StringComparison.OrdinalIgnoreCase)).ToArray();
        var byName = keys.Select(k => (Parts: k[Section.Length..].Split(':', 2), given[k].Value)).GroupBy(k => k.Parts[0], StringComparer.Ordinal);
        try
        {
            return [.. byName.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Create(g.Key, g.Select(k => (k.Parts, k.Value))))];
        }
        catch (FormatException wrong)
        {
            throw new SettingsException(wrong.Message + ".", wrong);
        }
        finally
        {
            foreach (var key in keys) given.Remove(key);
        }
    }

    private static Subscriber Create(string name, IEnumerable<(string[] Parts, string Value)> keys) => Kinds.Create(new SubscriberSection(
        name,
        keys.Select(k => k.Parts.Length == 2
            ? KeyValuePair.Create(k.Parts[1], k.Value)
            : throw new FormatException($"Subscribers:{name} needs keys below it, such as Subscribers:{name}:Kind"))));
}
