using MailGrains.Changelog.Reading;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.Objects;

/// <summary>The groupware object that a message holds: an event, a contact, a note …</summary>
/// <param name="Uid">The object's name, the same in all its revisions.</param>
/// <param name="Payload">The object itself: XML, iCalendar or vCard.</param>
/// <param name="MediaType">Of the part it is in; lower case, without parameters.</param>
public sealed record GroupwareObject(GroupwareKind Kind, string Uid, string Payload, string MediaType)
{
    /// <summary>
    /// Finds the object in a message; null: it has none, as nearly all mail. An object is
    /// <list type="bullet">
    /// <item>in a message with the header <c>X-Kolab-Type</c>, its first part of a type for objects;</item>
    /// <item>in any other message, a part of one of Kolab's own media types;</item>
    /// <item>a message that is iCalendar or vCard and nothing else: as attachments of mail these are no objects, nor are invitations (METHOD).</item>
    /// </list>
    /// Takes time linear in the message and memory bounded by <see cref="ReadingLimits"/>; never throws on content.
    /// </summary>
    /// <param name="message">As it was received.</param>
    public static GroupwareObject? Recognise(ReadOnlyMemory<byte> message)
    {
        var header = ObjectHeader.Read(message.Span);
        if (!header.MayHaveObject || ObjectPart.Find(message, header) is not { } part) return null;

        var payload = PayloadText.Decode(part.Content.Span, part.Charset);
        var document = ObjectDocument.TryRead(payload);

        // Kolab says both outside the object too, which helps where the object itself is damaged.
        var kind = document?.Kind ?? header.Kind ?? KolabTypes.KindOfType(part.MediaType);
        var uid = document?.Uid ?? (header.Kind is not null ? header.SubjectUid : null);
        return kind is { } known && uid is not null ? new GroupwareObject(known, uid, payload, part.MediaType) : null;
    }
}
