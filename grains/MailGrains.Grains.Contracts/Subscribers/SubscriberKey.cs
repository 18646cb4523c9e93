using System.Globalization;

namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>The key of a subscriber's grain, and of the stream it gets its events by.</summary>
public readonly record struct SubscriberKey(string Subscriber, int Partition)
{
    /// <exception cref="FormatException">It is not of the form <c>&lt;subscriber&gt;/&lt;partition&gt;</c>.</exception>
    public static SubscriberKey Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        return slash > 0 && int.TryParse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            ? new SubscriberKey(key[..slash], partition)
            : throw new FormatException($"'{key}' is no subscriber/partition.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Subscriber}/{Partition}");
}
