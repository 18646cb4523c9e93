using System.Globalization;

namespace MailGrains.Views.History;

/// <summary>What a type of event has to say besides who, when and where.</summary>
internal static class HistoryDetail
{
    /// <summary>Members that say it, in the order in which they are told; events have few of them.</summary>
    private static readonly string[] Members =
    [
        "sender", "recipient", "code", "status", "content", "login", "reason", "address", "name", "what", "folder", "count", "messages", "before", "durationMs",
    ];

    public static string? Of(EventPayload payload)
    {
        if (EventPayload.Names(payload.Find("flagNames")) is { } flags) return flags;
        var told = string.Join(' ', Members.Select(name => Told(payload, name)).OfType<string>());
        return told.Length == 0 ? null : told;
    }

    private static string? Told(EventPayload payload, string name) =>
        (payload.Text(name) ?? payload.Number(name)?.ToString(CultureInfo.InvariantCulture)) is { } value ? $"{name}={value}" : null;
}
