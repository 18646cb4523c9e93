using MailGrains.Storage.Events;
using MailGrains.Views.Bonnie;

namespace MailGrains.Views;

/// <summary>Events in any of the forms.</summary>
public static class EventViews
{
    /// <summary>The event's own id, unique for ever: what a receiver drops repeats by.</summary>
    public static string IdOf(EventRecord record)
    {
        using var payload = EventPayload.Of(record);
        return payload.Id;
    }

    /// <summary>The event as JSON objects in UTF-8: one, or one for each message where the form has it so; none where the form has no place for it.</summary>
    public static IReadOnlyList<byte[]> Project(ViewKind kind, EventRecord record, ViewOptions options) => kind switch
    {
        ViewKind.Cyrus => CyrusView.Project(record, options),
        ViewKind.Bonnie => [.. BonnieView.Project(record, options).DistinctBy(d => d.Id).Select(d => d.Json)],
        _ => [JsonView.Project(record)],
    };
}
