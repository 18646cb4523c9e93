using System.Buffers.Text;
using System.Globalization;

namespace MailGrains.Views;

/// <summary>
/// Names of folders and contents that are unique among all accounts: those IMAP shows as MAILBOXID and EMAILID (RFC 8474), so that what is found in a log
/// can be looked up in the mailbox.
/// </summary>
internal static class ObjectNames
{
    /// <summary>The folder the event is about; null: it has none, or none that is there.</summary>
    public static string? Folder(EventPayload payload) => Of('F', payload, payload.Number("mailbox", "id"));

    public static string? Email(EventPayload payload, long? email) => Of('M', payload, email);

    private static string? Of(char kind, EventPayload payload, long? number)
    {
        if (number is not { } value) return null;
        Span<byte> octets = stackalloc byte[16];
        payload.Record.Account.Value.TryWriteBytes(octets);
        return string.Create(CultureInfo.InvariantCulture, $"{kind}{value}-{Base64Url.EncodeToString(octets)}");
    }
}
