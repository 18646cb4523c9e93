using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Events;

namespace MailGrains.Views;

/// <summary>
/// The event as it was written, with its place in the log: <c>{"partition":3,"position":17,"sequence":5,"hash":"…","event":{…}}</c>. Behind it, where they were
/// read, ENVELOPE and BODYSTRUCTURE of the messages that came, <c>"messages":[{…}]</c>: the event itself stays octet for octet what its hash is of.
/// </summary>
public static class JsonView
{
    public static byte[] Project(EventRecord record, IReadOnlyDictionary<BlobId, MessageSummary> summaries) => ViewJson.Object(json =>
    {
        json.WriteNumber("partition"u8, record.Partition);
        json.WriteNumber("position"u8, record.Position);
        json.WriteNumber("sequence"u8, record.Event.Sequence);
        json.WriteString("hash"u8, record.Event.Hash.ToString());
        json.WritePropertyName("event"u8);
        json.WriteRawValue(record.Event.Payload.Span, skipInputValidation: true);
        ArrivedMessages.WriteStructures(json, record, summaries);
    });
}
