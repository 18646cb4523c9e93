using System.Collections.Immutable;
using MailGrains.Subscribers.JsonLines;
using MailGrains.Subscribers.Plugins;

namespace MailGrains.Subscribers;

/// <summary>
/// Makes subscribers of their configuration. Every kind has <c>Kind</c>, <c>Start</c> (beginning, now or a time; counts at the first start),
/// <c>Types</c> (names separated by commas; empty: all), <c>BatchSize</c>, <c>MaxAttempts</c>, and <c>Blocking</c> with <c>BlockTypes</c>,
/// <c>BlockTimeoutMilliseconds</c> and <c>OnTimeout</c>. Which kinds there are is the composer's.
/// </summary>
public sealed class SubscriberKinds
{
    /// <summary>Mail that is held back shall go on soon after the target is back.</summary>
    private static readonly TimeSpan LongestBlockingPause = TimeSpan.FromSeconds(2);

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
        if (Blocking(section, handler.Types) is { } blocking)
        {
            // Only what brings messages is asked about before it is made; another change could lie before such a start.
            if (subscriber.Start.Kind is not (StartKind.Beginning or StartKind.Kept) && !blocking.Types.IsSubsetOf(BlockingPolicy.UsualTypes))
                throw section.Wrong("BlockTypes", "expected MessageNew or MessageAppend only, or Start=beginning or kept");
            subscriber = subscriber with { Blocking = blocking, Rest = TimeSpan.Zero, LongestPause = LongestBlockingPause };
        }

        section.RefuseOthers();
        return subscriber;
    }

    /// <summary>What happens on a time-out has no default: whoever lets mail wait says it.</summary>
    private static BlockingPolicy? Blocking(SubscriberSection section, IReadOnlySet<string>? handled)
    {
        if (section.Choice("Blocking", "false", "true", "false") == "false") return null;
        var named = section.Names("BlockTypes");
        if (named.FirstOrDefault(name => !BlockingPolicy.AllTypes.Contains(name)) is not null)
            throw section.Wrong("BlockTypes", $"expected some of {string.Join(", ", BlockingPolicy.AllTypes)}");
        if (handled is not null && named.FirstOrDefault(name => !handled.Contains(name)) is not null)
            throw section.Wrong("BlockTypes", "expected types that the subscriber handles");
        var types = named.Count > 0 ? named : BlockingPolicy.UsualTypes.Where(type => handled?.Contains(type) ?? true).ToHashSet(StringComparer.Ordinal);
        if (types.Count == 0) throw section.Wrong("Blocking", "the subscriber handles neither MessageNew nor MessageAppend; expected BlockTypes");
        var timeout = section.Number("BlockTimeoutMilliseconds", 5000, 1, (long)BlockingPolicy.LongestTimeout.TotalMilliseconds);
        var answer = section.Choice("OnTimeout", "", "accept", "refuse") == "accept" ? TimeoutAnswer.Accept : TimeoutAnswer.Refuse;
        return new BlockingPolicy(types, TimeSpan.FromMilliseconds(timeout), answer);
    }
}
