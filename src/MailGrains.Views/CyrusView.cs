using System.Text.Json;
using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Events;

namespace MailGrains.Views;

/// <summary>
/// Events with the names of Cyrus' notifications (RFC 5423 and its <c>vnd.cmu.</c> extensions), those members the event has data for. A message that came
/// has an object of its own, with its UID in <c>uri</c> only; other events are one object with a <c>uidset</c>.
/// </summary>
public static class CyrusView
{
    /// <param name="summaries">Of the messages that came, where they were read: for ENVELOPE and BODYSTRUCTURE.</param>
    public static IReadOnlyList<byte[]> Project(
        EventRecord record, ViewOptions options, IReadOnlyDictionary<BlobId, MessageSummary>? summaries = null)
    {
        using var payload = EventPayload.Of(record);
        return payload.Type is "MessageNew" or "MessageAppend" or SnapshotTypes.Message
            ? [.. payload.Messages.Select(message => Arrived(payload, message, options, Summary(message, summaries)))]
            : [ViewJson.Object(json => Change(json, payload, options))];
    }

    /// <summary>Cyrus' name of a type.</summary>
    public static string NameOf(string type) => type is "MessageCopy" or "MessageMove" ? "vnd.cmu." + type : type;

    private static MessageSummary? Summary(JsonElement message, IReadOnlyDictionary<BlobId, MessageSummary>? summaries) =>
        summaries is not null && EventMembers.Blob(message) is { } blob && summaries.TryGetValue(blob, out var found) ? found : null;

    private static byte[] Arrived(EventPayload payload, JsonElement message, ViewOptions options, MessageSummary? summary) => ViewJson.Object(json =>
    {
        Head(json, payload, options, EventPayload.Number(message, "uid"));
        Folder(json, payload);
        json.Text("flagNames", EventPayload.Names(message.TryGetProperty("flagsAfter", out var flags) ? flags : null));
        json.Number("messageSize", EventPayload.Number(message, "size"));
        if (summary is { } known)
        {
            json.Octets("bodyStructure", "vnd.mailgrains.bodyStructureBase64", known.BodyStructure.Span);
            json.Octets("vnd.cmu.envelope", "vnd.mailgrains.envelopeBase64", known.Envelope.Span);
        }

        if (EventPayload.Text(message, "messageId") is { } id)
        {
            json.WriteStartArray("vnd.cmu.midset");
            json.WriteStringValue($"<{id}>");
            json.WriteEndArray();
        }

        json.Text("vnd.cmu.emailid", ObjectNames.Email(payload, EventPayload.Number(message, "emailId")));
        json.Text("vnd.cmu.threadid", EventPayload.Text(message, "threadId"));
        Ends(json, payload);
    });

    private static void Change(Utf8JsonWriter json, EventPayload payload, ViewOptions options)
    {
        Head(json, payload, options, uid: null);
        json.Text("uidset", NumberRuns.Union(payload.Messages.Select(m => EventPayload.Text(m, "uids"))));
        if (payload.Text("mailbox", "oldPath") is { } old)
        {
            json.Text("oldMailboxID", ImapUrl.Of(payload.Owner, options.ServerName, old, payload.Number("mailbox", "oldUidValidity")));
            json.Text("vnd.cmu.oldUidset", NumberRuns.Union(payload.Messages.Select(m => EventPayload.Text(m, "oldUids"))));
        }

        Folder(json, payload);
        json.Text("flagNames", EventPayload.Names(payload.Find("flagNames")));
        json.Text("vnd.mailgrains.content", payload.Text("content"));
        json.Text("aclSubject", payload.Text("aclSubject"));
        json.Text("aclRights", payload.Text("aclRights"));
        Ends(json, payload);
    }

    private static void Head(Utf8JsonWriter json, EventPayload payload, ViewOptions options, long? uid)
    {
        json.Text("event", NameOf(payload.Type));
        json.Text("uri", ImapUrl.Of(
            payload.Owner, options.ServerName, payload.Text("mailbox", "path"), payload.Number("mailbox", "uidValidity"), uid));
        json.Text("serverFQDN", options.ServerName);
        json.Text("timestamp", payload.Text("timestamp") ?? ViewTime.Text(payload.Record.Event.At));
        json.Text("service", payload.Text("session", "service"));
        json.Text("vnd.cmu.sessionId", payload.Text("session", "id"));

        // Not Cyrus': without it a receiver couldn't tell a repeat.
        json.Text("vnd.mailgrains.eventId", payload.Id);
        json.Text("user", payload.User);
    }

    private static void Folder(Utf8JsonWriter json, EventPayload payload)
    {
        json.Number("modseq", payload.Number("modseq"));
        json.Number("messages", payload.Number("counters", "messages"));
        json.Number("uidnext", payload.Number("counters", "uidNext"));
        json.Number("vnd.cmu.unseenMessages", payload.Number("counters", "unseen"));
        json.Text("mailboxID", ObjectNames.Folder(payload));
    }

    private static void Ends(Utf8JsonWriter json, EventPayload payload)
    {
        json.Number("diskQuota", payload.Number("quota", "diskQuota"));
        json.Number("diskUsed", payload.Number("quota", "diskUsed"));
        json.Number("maxMessages", payload.Number("quota", "maxMessages"));
        json.Text("serverDomain", payload.Text("session", "serverHost"));
        json.Number("serverPort", payload.Number("session", "serverPort"));
        json.Text("clientIP", payload.Text("session", "clientIp"));
        json.Number("clientPort", payload.Number("session", "clientPort"));
    }
}
