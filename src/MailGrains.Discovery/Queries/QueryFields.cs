using System.Collections.Frozen;

namespace MailGrains.Discovery.Queries;

/// <summary>The table of fields: their names in a query, what they mean and take.</summary>
internal static class QueryFields
{
    /// <summary>The first name of a field is the one that is printed.</summary>
    private static readonly (string Name, QueryField Field, FieldKind Kind)[] s_fields =
    [
        ("subject", QueryField.Subject, FieldKind.Words),
        ("body", QueryField.Body, FieldKind.Words),
        ("from", QueryField.From, FieldKind.Addresses),
        ("sender", QueryField.Sender, FieldKind.Addresses),
        ("replyto", QueryField.ReplyTo, FieldKind.Addresses),
        ("to", QueryField.To, FieldKind.Addresses),
        ("cc", QueryField.Cc, FieldKind.Addresses),
        ("bcc", QueryField.Bcc, FieldKind.Addresses),
        ("participants", QueryField.Participants, FieldKind.Addresses),
        ("recipients", QueryField.Recipients, FieldKind.Addresses),
        ("attachment", QueryField.Attachment, FieldKind.Names),
        ("attachmentname", QueryField.Attachment, FieldKind.Names),
        ("attachmentnames", QueryField.Attachment, FieldKind.Names),
        ("filename", QueryField.Attachment, FieldKind.Names),
        ("listid", QueryField.ListId, FieldKind.Names),
        ("messageid", QueryField.MessageId, FieldKind.Whole),
        ("references", QueryField.References, FieldKind.Whole),
        ("type", QueryField.Type, FieldKind.Whole),
        ("sha256", QueryField.Sha256, FieldKind.Whole),
        ("folder", QueryField.Folder, FieldKind.Whole),
        ("flag", QueryField.Flag, FieldKind.Whole),
        ("sent", QueryField.Sent, FieldKind.Date),
        ("date", QueryField.Sent, FieldKind.Date),
        ("received", QueryField.Received, FieldKind.Date),
        ("size", QueryField.Size, FieldKind.Size),
        ("hasattachment", QueryField.HasAttachment, FieldKind.YesOrNo),
        ("hasattachments", QueryField.HasAttachment, FieldKind.YesOrNo),
        ("partial", QueryField.Partial, FieldKind.YesOrNo),
    ];

    private static readonly FrozenDictionary<string, QueryField> s_byName =
        s_fields.ToFrozenDictionary(f => f.Name, f => f.Field, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<QueryField, (string Name, FieldKind Kind)> s_byField =
        s_fields.DistinctBy(f => f.Field).ToFrozenDictionary(f => f.Field, f => (f.Name, f.Kind));

    /// <summary>Names and aliases.</summary>
    public static IEnumerable<string> Names => s_fields.Select(f => f.Name);

    /// <summary>For an error: what would have been a field.</summary>
    public static string Expected { get; } = "a field (" + string.Join(", ", s_byField.Values.Select(f => f.Name).Order(StringComparer.Ordinal)) + ")";

    public static bool TryFind(string name, out QueryField field) => s_byName.TryGetValue(name, out field);

    public static FieldKind KindOf(QueryField field) => field == QueryField.Anywhere ? FieldKind.Words : s_byField[field].Kind;

    public static string NameOf(QueryField field) => s_byField[field].Name;
}
