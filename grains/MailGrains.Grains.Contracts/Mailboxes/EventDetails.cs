using System.Collections.Immutable;
using System.Globalization;
using Orleans;

namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>
/// What an event says beside the members all of its kind have, in the order it was added. Bounded, since events are kept for ever: a name has 1 to 32 ASCII
/// letters and digits and begins with a small letter, a text has at most <see cref="MaxText"/> characters, and there are at most <see cref="MaxDetails"/>.
/// </summary>
[GenerateSerializer, Immutable]
public sealed class EventDetails
{
    public const int MaxDetails = 16;
    public const int MaxText = 4096;

    public static readonly EventDetails None = new([]);

    private const int LongestName = 32;

    /// <summary>Members that other parts of an event write (docs/events.md).</summary>
    private static readonly string[] Taken =
    [
        "type", "version", "id", "timestamp", "account", "actor", "session", "modseq", "mailbox", "counters", "quota", "login", "authMechanism", "address",
        "accountVersion",
    ];

    [Id(0)]
    private readonly ImmutableArray<EventDetail> _items;

    private EventDetails(ImmutableArray<EventDetail> items) => _items = items;

    public ImmutableArray<EventDetail> Items => _items;

    /// <summary>With one more; null adds nothing.</summary>
    /// <exception cref="ArgumentException">The name is none, or taken; the text is too long; there are too many.</exception>
    public EventDetails With(string name, string? text)
    {
        if (text is null) return this;
        if (text.Length > MaxText) throw new ArgumentException($"'{name}' has more than {MaxText} characters.", nameof(text));
        return With(new EventDetail(name, text, 0));
    }

    /// <inheritdoc cref="With(string, string?)"/>
    public EventDetails With(string name, long number) => With(new EventDetail(name, null, number));

    /// <summary>With a time more, as ISO 8601 text in UTC; null adds nothing.</summary>
    /// <inheritdoc cref="With(string, string?)"/>
    public EventDetails With(string name, DateTimeOffset? at) => With(name, at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    private EventDetails With(EventDetail detail)
    {
        var name = detail.Name;
        if (name.Length is 0 or > LongestName || !char.IsAsciiLetterLower(name[0]) || !name.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"'{name}' can't be the name of a member.", nameof(detail));
        if (Taken.Contains(name) || Items.Any(i => i.Name == name)) throw new ArgumentException($"The member '{name}' is there already.", nameof(detail));
        if (Items.Length == MaxDetails) throw new ArgumentException($"An event has at most {MaxDetails} details.", nameof(detail));
        return new EventDetails(Items.Add(detail));
    }
}
