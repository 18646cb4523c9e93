using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Queries;

namespace MailGrains.Discovery.Matching;

/// <summary>What of a message a field means.</summary>
internal static class FieldValues
{
    private static readonly AddressField[] s_participants = Enum.GetValues<AddressField>();
    private static readonly AddressField[] s_recipients = [AddressField.To, AddressField.Cc, AddressField.Bcc];

    /// <summary>The tokens that words and phrases are looked for in; a phrase is in one of them.</summary>
    public static IEnumerable<string> Tokens(DiscoveryDocument document, QueryField field)
    {
        var tokens = document.Tokens;
        return field switch
        {
            QueryField.Anywhere => [tokens.Subject, .. tokens.Addresses, tokens.AttachmentNames, tokens.Body],
            QueryField.Subject => [tokens.Subject],
            QueryField.Body => [tokens.Body],
            QueryField.Attachment => [tokens.AttachmentNames],
            QueryField.ListId => [tokens.ListId],
            _ => AddressFields(field).Select(f => tokens.Addresses[(int)f]),
        };
    }

    /// <summary>The values that are compared as a whole.</summary>
    /// <param name="item">The message.</param>
    /// <param name="field">One that has such values.</param>
    /// <param name="addressesOnly">Display names are left out.</param>
    public static IEnumerable<string> Whole(DiscoveryItem item, QueryField field, bool addressesOnly)
    {
        var document = item.Document;
        return field switch
        {
            QueryField.Attachment => document.Attachments.Select(a => a.FileName),
            QueryField.ListId => [document.ListId ?? ""],
            QueryField.MessageId => [document.MessageId ?? ""],
            QueryField.References => document.References,
            QueryField.Type => document.Attachments.Select(a => a.MediaType),
            QueryField.Sha256 => [document.Sha256.ToString(), .. document.Attachments.Select(a => a.Sha256.ToString())],
            QueryField.Folder => [item.Folder],
            QueryField.Flag => item.Flags.Select(f => f.TrimStart('\\')),
            _ => AddressFields(field).SelectMany(f => document.Addresses[(int)f])
                .SelectMany(a => addressesOnly ? [a.Address] : new[] { a.Name, a.Address }),
        };
    }

    private static AddressField[] AddressFields(QueryField field) => field switch
    {
        QueryField.From => [AddressField.From],
        QueryField.Sender => [AddressField.Sender],
        QueryField.ReplyTo => [AddressField.ReplyTo],
        QueryField.To => [AddressField.To],
        QueryField.Cc => [AddressField.Cc],
        QueryField.Bcc => [AddressField.Bcc],
        QueryField.Recipients => s_recipients,
        QueryField.Participants => s_participants,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "It has no words."),
    };
}
