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
    /// <param name="contents">What was read of the messages it is about.</param>
    public static IReadOnlyList<byte[]> Project(ViewKind kind, EventRecord record, ViewOptions options, ViewContents contents) => kind switch
    {
        ViewKind.Cyrus => CyrusView.Project(record, options, contents.Summaries),
        ViewKind.Bonnie => [.. BonnieView.Project(record, options, contents.Headers).DistinctBy(d => d.Id).Select(d => d.Json)],
        _ => [JsonView.Project(record, contents.Summaries)],
    };

    public static IReadOnlyList<byte[]> Project(ViewKind kind, EventRecord record, ViewOptions options) => Project(kind, record, options, ViewContents.None);
}
