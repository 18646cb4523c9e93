using System.Text.Json;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Views;

/// <summary>
/// An event's payload, read member by member. What is absent, or of another kind than expected, is null: members come and go with versions, and a view
/// shows what there is.
/// </summary>
internal sealed class EventPayload : IDisposable
{
    private readonly JsonDocument _document;

    private EventPayload(EventRecord record, JsonDocument document)
    {
        Record = record;
        _document = document;
    }

    public EventRecord Record { get; }

    public string Type => Record.Event.Type;

    /// <summary>The event's own id, unique for ever.</summary>
    public string Id => Text("id") ?? $"{Record.Partition}-{Record.Position}";

    /// <summary>The account whose mailbox it is, as payloads write it.</summary>
    public string Account => Text("account", "id") ?? Record.Account.Value.ToString("D");

    /// <summary>Who did it: the login; an administrator or the server without one is <c>admin</c>; else the owner.</summary>
    public string User => Text("actor", "login") ?? (Find("actor", "isAdmin")?.ValueKind == JsonValueKind.True ? "admin" : Owner);

    /// <summary>
    /// A name of the mailbox's owner, as good as the event knows it: the login when it is told or the owner did it himself, the recipient of a delivery,
    /// the address of an act, the account's id.
    /// </summary>
    public string Owner => Text("account", "login") ?? OwnLogin ?? Text("recipient") ?? Text("login") ?? Text("address") ?? Account;

    private string? OwnLogin => Text("actor", "id") is { } actor && actor == Text("account", "id") ? Text("actor", "login") : null;

    public static EventPayload Of(EventRecord record) => new(record, JsonDocument.Parse(record.Event.Payload));

    public string? Text(params ReadOnlySpan<string> path) => Find(path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public long? Number(params ReadOnlySpan<string> path) => Find(path) is { } found ? NumberOf(found) : null;

    public JsonElement? Find(params ReadOnlySpan<string> path)
    {
        var at = _document.RootElement;
        foreach (var name in path)
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        return at;
    }

    /// <summary>The entries of <c>messages</c>.</summary>
    public IEnumerable<JsonElement> Messages =>
        Find("messages") is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray().Where(m => m.ValueKind == JsonValueKind.Object) : [];

    public static string? Text(JsonElement entry, string name) => EventMembers.Text(entry, name);

    public static long? Number(JsonElement entry, string name) => entry.TryGetProperty(name, out var found) ? NumberOf(found) : null;

    /// <summary>Names in an array, separated by blanks; null: there are none.</summary>
    public static string? Names(JsonElement? array)
    {
        if (array is not { ValueKind: JsonValueKind.Array } found) return null;
        var names = string.Join(' ', found.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()));
        return names.Length == 0 ? null : names;
    }

    public void Dispose() => _document.Dispose();

    private static long? NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
