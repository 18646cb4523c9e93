using System.Text.Json;
using MailGrains.Mime.Headers;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Views.Bonnie;

/// <summary>
/// Events as documents of Bonnie's log, in an index a day (UTC): one for each message an event is about, one for an event about none. An event about more than
/// <see cref="MostMessages"/> has one document with the whole set. The id is the event's, with the number of the message where there are several.
/// <para>
/// A session has one document under its id: Login makes it, Logout adds <c>logout_time</c> and <c>duration</c>. A Logout whose Login isn't there leaves
/// nothing.
/// </para>
/// <para>
/// What a picture of a mailbox has is in an index of its own, in the state of the mailbox's highest sequence.
/// </para>
/// </summary>
public static class BonnieView
{
    /// <summary>Messages of one event that get documents of their own.</summary>
    public const int MostMessages = 1000;

    private const long LongestSession = 100L * 365 * 24 * 3600 * 1000;

    // A login this near to midnight may stand in the index of either day: the duration is in ms, and a clock may have been set.
    private static readonly TimeSpan NearMidnight = TimeSpan.FromSeconds(5);

    /// <summary>The messages whose headers documents can show.</summary>
    public static IReadOnlyList<BlobId> Contents(EventRecord record)
    {
        using var payload = EventPayload.Of(record);
        return [.. payload.Messages.Select(EventMembers.Blob).OfType<BlobId>()];
    }

    /// <param name="headers">Header fields of messages, where they were read.</param>
    public static IReadOnlyList<BonnieDocument> Project(
        EventRecord record, ViewOptions options, IReadOnlyDictionary<BlobId, IReadOnlyList<HeaderField>>? headers = null)
    {
        using var payload = EventPayload.Of(record);
        if (payload.Type == "Logout") return Logout(payload, options);
        var subjects = BonnieSubject.Of(payload);
        var isPicture = SnapshotTypes.Has(payload.Type);
        var index = $"{options.LogIndex}-{(isPicture ? "snapshot" : ViewTime.Day(record.Event.At))}";
        var session = payload.Type == "Login" ? payload.Text("session", "id") : null;
        return
        [
            .. subjects.Select((subject, number) => new BonnieDocument(
                index,
                session ?? (subjects.Count == 1 ? payload.Id : $"{payload.Id}-{number}"),
                session is null ? BonnieAct.Index : BonnieAct.Create,
                ViewJson.Object(json => Write(json, payload, subject, options, headers))) { Version = isPicture ? record.Event.Sequence : null }),
        ];
    }

    private static void Write(
        Utf8JsonWriter json, EventPayload payload, BonnieSubject subject, ViewOptions options,
        IReadOnlyDictionary<BlobId, IReadOnlyList<HeaderField>>? headers)
    {
        json.Text("@timestamp", ViewTime.Text(payload.Record.Event.At));
        json.Text("@version", "1");
        json.Text("event", payload.Type);
        json.Text("service", payload.Text("session", "service") ?? "");
        json.Text("session_id", payload.Text("session", "id") ?? "");
        People(json, payload);
        Folder(json, payload, subject, options);
        json.Text("mailbox_id", subject.Email);
        json.Text("uidset", subject.Uids);
        json.Text("olduidset", subject.OldUids);
        json.Number("message_size", subject.Size);
        json.Text("flag_names", subject.Flags);
        json.Text("message_id", subject.MessageId is { } id ? $"<{id}>" : null);
        json.Text("reason", payload.Text("reason"));
        json.Text("event_id", payload.Id);
        json.WriteNumber("revision", Revision(payload.Record.Event.At));
        if (subject.Blob is { } blob && headers is not null && headers.TryGetValue(blob, out var fields)) Headers(json, fields);
    }

    private static void People(Utf8JsonWriter json, EventPayload payload)
    {
        var user = payload.User;
        json.Text("user", user);
        json.Text("user_id", payload.Text("actor", "id") ?? payload.Account);
        json.Text("client_ip", payload.Text("session", "clientIp"));
        if (user.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at) json.Text("domain", user[(at + 1)..]);
    }

    private static void Folder(Utf8JsonWriter json, EventPayload payload, BonnieSubject subject, ViewOptions options)
    {
        json.Number("modseq", payload.Number("modseq"));
        json.Number("disk_used", payload.Number("quota", "diskUsed"));
        if (payload.Text("mailbox", "path") is not { } path) return;
        json.Text("uri", ImapUrl.Of(payload.Owner, options.ServerName, path, payload.Number("mailbox", "uidValidity"), subject.Uid));
        json.Text("folder_id", BonnieObjects.FolderId(payload));
        json.Text("folder_uniqueid", ObjectNames.Folder(payload));
        json.Number("messages", payload.Number("counters", "messages"));
        json.Number("unseen_messages", payload.Number("counters", "unseen"));
        json.Number("uidnext", payload.Number("counters", "uidNext"));
        json.Text("acl_subject", payload.Text("aclSubject"));
        json.Text("acl_rights", payload.Text("aclRights"));
    }

    private static void Headers(Utf8JsonWriter json, IReadOnlyList<HeaderField> fields)
    {
        json.WriteStartObject("headers");
        foreach (var field in fields)
        {
            if (field.Values is [var only] && !field.IsList)
            {
                json.Text(field.Name, only);
                continue;
            }

            json.WriteStartArray(field.Name);
            foreach (var value in field.Values) json.WriteStringValue(System.Text.Encoding.UTF8.GetBytes(value));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static IReadOnlyList<BonnieDocument> Logout(EventPayload payload, ViewOptions options)
    {
        if (payload.Text("session", "id") is not { } session) return [];
        var (at, duration) = (payload.Record.Event.At, TimeSpan.FromMilliseconds(Math.Clamp(payload.Number("durationMs") ?? 0, 0, LongestSession)));
        var members = ViewJson.Object(json =>
        {
            json.Text("session_id", session);
            json.Text("logout_time", ViewTime.Text(at));
            json.WriteNumber("duration", duration.TotalSeconds);
        });
        return
        [
            .. new[] { at - duration - NearMidnight, at - duration + NearMidnight }.Select(ViewTime.Day).Distinct()
                .Select(day => new BonnieDocument($"{options.LogIndex}-{day}", session, BonnieAct.Update, members)),
        ];
    }

    /// <summary>Tenths of seconds since a day in 2014, as Bonnie's changelog counts.</summary>
    private static long Revision(DateTimeOffset at) => (long)Math.Round((at.ToUnixTimeMilliseconds() / 100.0) - 13_885_344_000);
}
