using MailGrains.Storage.Events;

namespace MailGrains.Views.History;

/// <summary>
/// Picks out of a mailbox's events, handed over in their order, those that did something to what is asked about. A message is followed from folder to folder
/// and through its copies.
/// </summary>
public sealed class MailboxHistory
{
    private readonly HistoryPlaces _places;
    private readonly FollowedMessage? _message;

    /// <param name="places">That has learnt from all events, where it has to.</param>
    public MailboxHistory(HistoryPlaces places)
    {
        _places = places;
        if (places.Question.IsOfMessage) _message = new FollowedMessage(places);
    }

    /// <summary>null: the event has nothing to do with it.</summary>
    public HistoryLine? Line(EventRecord record)
    {
        using var payload = EventPayload.Of(record);
        if (_message is not null) return _message.Follow(payload) is { } found ? LineOf(payload, found.Uids, found.OldUids) : null;
        if (_places.Question.Folder is not null && !IsOfFolder(payload)) return null;
        return LineOf(payload, Uids(payload), NumberRuns.Union(payload.Messages.Select(m => EventPayload.Text(m, "oldUids"))));
    }

    private bool IsOfFolder(EventPayload payload) =>
        (payload.Number("mailbox", "id") is { } id && _places.Folders.Contains(id))
        || (payload.Number("mailbox", "oldId") is { } old && _places.Folders.Contains(old));

    private static string? Uids(EventPayload payload) => NumberRuns.Union(payload.Messages.Select(m =>
        EventPayload.Number(m, "uid")?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? EventPayload.Text(m, "uids")));

    private static HistoryLine LineOf(EventPayload payload, string? uids, string? oldUids) => new(
        payload.Record.Event.Sequence,
        payload.Record.Event.At,
        payload.Type,
        payload.Text("actor", "login") ?? (payload.Find("actor", "isAdmin") is not null ? "administrator" : null),
        payload.Text("session", "service"),
        payload.Text("session", "clientIp"),
        payload.Text("mailbox", "path"),
        uids,
        payload.Text("mailbox", "oldPath"),
        oldUids,
        HistoryDetail.Of(payload));
}
