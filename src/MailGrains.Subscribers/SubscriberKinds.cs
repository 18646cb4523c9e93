using MailGrains.Subscribers.JsonLines;

namespace MailGrains.Subscribers;

/// <summary>
/// Makes subscribers of their configuration. Every kind has <c>Kind</c>, <c>Start</c> (beginning, now or a time; counts at the first start),
/// <c>Types</c> (names separated by commas; empty: all), <c>BatchSize</c> and <c>MaxAttempts</c>.
/// </summary>
public static class SubscriberKinds
{
    /// <exception cref="FormatException">Something in it is wrong or unknown; the message names it.</exception>
    public static Subscriber Create(SubscriberSection section)
    {
        IEventHandler handler = section.Required("Kind").ToLowerInvariant() switch
        {
            "jsonl" => JsonLinesHandler.Create(section),
            _ => throw section.Wrong("Kind", "expected jsonl"),
        };
        var subscriber = new Subscriber(handler)
        {
            Start = section.Start("Start"),
            BatchSize = (int)section.Number("BatchSize", 500, 1, 10_000),
            MaxAttempts = (int)section.Number("MaxAttempts", 8, 1, 1000),
        };
        section.RefuseOthers();
        return subscriber;
    }

    /// <summary>The types a section names, or null: all.</summary>
    internal static HashSet<string>? Types(SubscriberSection section)
    {
        var names = section.Text("Types", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length == 0 ? null : new HashSet<string>(names, StringComparer.Ordinal);
    }
}
