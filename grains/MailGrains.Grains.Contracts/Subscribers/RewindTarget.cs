using System.Globalization;
using Orleans;

namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>Where a subscriber is moved to: behind a position, to a time, or, with neither, to the beginning or the end.</summary>
[GenerateSerializer]
public readonly record struct RewindTarget([property: Id(0)] long? Position, [property: Id(1)] DateTimeOffset? Time, [property: Id(2)] bool IsEnd)
{
    /// <summary>Reads <c>beginning</c>, <c>now</c>, a position or a time in RFC 3339; null: it is none of these.</summary>
    public static RewindTarget? Parse(string text)
    {
        if (text.Equals("beginning", StringComparison.OrdinalIgnoreCase)) return default(RewindTarget);
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase)) return new RewindTarget(null, null, IsEnd: true);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return new RewindTarget(position, null, IsEnd: false);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new RewindTarget(null, at, IsEnd: false)
            : null;
    }
}
