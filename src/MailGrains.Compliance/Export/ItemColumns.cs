using System.Globalization;
using System.Text;
using MailGrains.Discovery.Documents;

namespace MailGrains.Compliance.Export;

/// <summary>What tables and load files say of a message, in one order for all.</summary>
internal static class ItemColumns
{
    private static readonly IReadOnlyList<(string Name, Func<ExportItem, string> Of)> s_columns =
    [
        ("DOCID", i => i.Id),
        ("CUSTODIAN", i => i.Found.Mailbox.Address),
        ("FROM", i => Addresses(i.Found.Document.From)),
        ("TO", i => Addresses(i.Found.Document.To)),
        ("CC", i => Addresses(i.Found.Document.Cc)),
        ("BCC", i => Addresses(i.Found.Document.Bcc)),
        ("SUBJECT", i => i.Found.Document.Subject),
        ("DATESENT", i => Time(i.Found.Document.Date)),
        ("DATERECEIVED", i => Time(i.Found.Entries[0].InternalDate)),
        ("FOLDER", i => string.Join("; ", i.Found.Folders)),
        ("DELETED", i => i.Found.IsDeleted ? "yes" : "no"),
        ("MESSAGEID", i => i.Found.Document.MessageId ?? ""),
        ("SIZE", i => i.Found.Size.ToString(CultureInfo.InvariantCulture)),
        ("ATTACHMENTS", i => string.Join("; ", i.Found.Document.Attachments.Where(a => !a.IsInline).Select(a => a.FileName))),
        ("TAGS", i => string.Join("; ", i.Tags)),
        ("PARTIAL", i => string.Join("; ", i.Found.Document.Partial.Select(p => $"{p.Path} {p.Reason}".Trim()))),
        ("BODYSHA256", i => i.Found.Blob.ToString()),
        ("ERROR", i => i.Error ?? ""),
    ];

    public static IEnumerable<string> Names => s_columns.Select(c => c.Name);

    public static IEnumerable<string> Of(ExportItem item) => s_columns.Select(c => Line(c.Of(item)));

    /// <summary>Path of the message itself within an export.</summary>
    public static string Native(ExportItem item) => $"natives/{item.Id}.eml";

    private static string Addresses(IEnumerable<DiscoveryAddress> addresses) => string.Join(
        "; ", addresses.Select(a => a.Name.Length == 0 ? a.Address : a.Address.Length == 0 ? a.Name : $"{a.Name} <{a.Address}>"));

    private static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "";

    /// <summary>What somebody sent may have anything in it: control characters become blanks, so that a line stays one.</summary>
    private static string Line(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var line = new StringBuilder(text.Length);
        foreach (var c in text) line.Append(char.IsControl(c) ? ' ' : c);
        return line.ToString();
    }
}
