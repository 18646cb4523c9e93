using System.Buffers;
using System.Text;

namespace MailGrains.Views;

/// <summary>URLs of folders and messages (RFC 5092).</summary>
public static class ImapUrl
{
    // unreserved / sub-delims-sh / "&" / "=" (RFC 5092 section 11: achar); ";" begins a parameter.
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*+,&=";

    private static readonly SearchValues<byte> InUser = SearchValues.Create(Encoding.ASCII.GetBytes(Plain));
    private static readonly SearchValues<byte> InMailbox = SearchValues.Create(Encoding.ASCII.GetBytes(Plain + ":@/"));

    // imapurl = "imap://" iserver ["/" [enc-mailbox [uidvalidity] [iuid]]]

    /// <summary><c>imap://user@host/folder;UIDVALIDITY=n/;UID=n</c></summary>
    /// <param name="folder">The folder's path; null: the URL of the server.</param>
    public static string Of(string user, string host, string? folder, long? uidValidity = null, long? uid = null)
    {
        var url = new StringBuilder("imap://");
        Encode(url, user, InUser);
        url.Append('@').Append(host).Append('/');
        if (folder is null) return url.ToString();
        Encode(url, folder, InMailbox);
        if (uidValidity is { } validity) url.Append(";UIDVALIDITY=").Append(validity);
        if (uid is { } number) url.Append("/;UID=").Append(number);
        return url.ToString();
    }

    private static void Encode(StringBuilder url, string text, SearchValues<byte> plain)
    {
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (plain.Contains(octet)) url.Append((char)octet);
            else url.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
