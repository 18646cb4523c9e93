using System.Collections.Immutable;
using MailGrains.Subscribers.JsonLines;
using MailGrains.Subscribers.Plugins;

namespace MailGrains.Subscribers;

/// <summary>
/// Makes subscribers of their configuration. Every kind has <c>Kind</c>, <c>Start</c> (beginning, now or a time; counts at the first start),
/// <c>Types</c> (names separated by commas; empty: all), <c>BatchSize</c> and <c>MaxAttempts</c>. Which kinds there are is the composer's.
/// </summary>
public sealed class SubscriberKinds
{
    private readonly ImmutableSortedDictionary<string, IEventHandlerFactory> _factories;

    private SubscriberKinds(ImmutableSortedDictionary<string, IEventHandlerFactory> factories) => _factories = factories;

    /// <summary>What needs nothing else: <c>jsonl</c>, and <c>plugin</c> for handlers from files.</summary>
    public static SubscriberKinds BuiltIn { get; } = new SubscriberKinds(ImmutableSortedDictionary.Create<string, IEventHandlerFactory>(StringComparer.Ordinal))
        .With("jsonl", new JsonLinesFactory())
        .With("plugin", new PluginFactory());

    /// <summary>These and one more.</summary>
    /// <param name="kind">Its name in small letters.</param>
    public SubscriberKinds With(string kind, IEventHandlerFactory factory) => new(_factories.SetItem(kind, factory));

    /// <exception cref="FormatException">Something in it is wrong or unknown; the message names it.</exception>
    public Subscriber Create(SubscriberSection section)
    {
        if (!_factories.TryGetValue(section.Required("Kind").ToLowerInvariant(), out var factory))
            throw section.Wrong("Kind", $"expected {string.Join(", ", _factories.Keys)}");
        var handler = factory.Create(section);
        var subscriber = new Subscriber(handler)
        {
            Start = section.Start("Start"),
            BatchSize = (int)section.Number("BatchSize", 500, 1, 10_000),
            MaxAttempts = (int)section.Number("MaxAttempts", 8, 1, 1000),
        };
        section.RefuseOthers();
        return subscriber;
    }
}
