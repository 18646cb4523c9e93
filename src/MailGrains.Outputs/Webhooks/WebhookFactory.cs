using MailGrains.Subscribers;
using MailGrains.Views;

namespace MailGrains.Outputs.Webhooks;

/// <summary>
/// Keys: <c>Url</c>, <c>SecretFile</c>, <c>View</c> (json, cyrus or bonnie), <c>Format</c> (array or lines), <c>Structure</c> (on or off; json and
/// cyrus), <c>Headers</c> (names, or none; bonnie), <c>TimeoutSeconds</c> (30), <c>MaxBytes</c> (5 MB), <c>ServerName</c>.
/// </summary>
public sealed class WebhookFactory : IEventHandlerFactory
{
    public IEventHandler Create(SubscriberSection section)
    {
        var options = new WebhookOptions(section.Url("Url", "https", "http"), OutputKeys.View(section))
        {
            Secret = section.Secret("SecretFile"),
            Kind = Enum.Parse<ViewKind>(section.Choice("View", "json", "json", "cyrus", "bonnie"), ignoreCase: true),
            HasStructure = section.HasStructure(),
            Headers = OutputKeys.Headers(section, []),
            IsLines = section.Choice("Format", "array", "array", "lines") == "lines",
            Timeout = OutputKeys.Timeout(section),
            MaxBytes = OutputKeys.MaxBytes(section),
        };
        if (options.HasStructure && options.Kind == ViewKind.Bonnie) throw section.Wrong("Structure", "documents of Bonnie's log have no place for it");
        if (options.Headers.Count > 0 && options.Kind != ViewKind.Bonnie) throw section.Wrong("Headers", "only documents of Bonnie's log have them");
        return new SnapshotWebhook(new WebhookHandler(section.Name, options, TimeProvider.System, section.Types()), options, TimeProvider.System);
    }
}
