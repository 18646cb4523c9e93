using System.Globalization;
using System.Text;
using MailGrains.Model.Summary;
using MimeKit;
using MimeKit.Utils;

namespace MailGrains.Mime.Headers;

/// <summary>
/// Reads the fields somebody names from a message's header, whatever it is like: unfolded, encoded words decoded, addresses one by one, dates in UTC as
/// RFC 3339. What has no such form (a date that is none) is left out. Long fields are cut off, and of a flood of fields the first count.
/// </summary>
public static class HeaderFields
{
    /// <summary>Octets of one field that are looked at.</summary>
    public const int MostOctets = 8192;

    /// <summary>Values of one name.</summary>
    public const int MostValues = 50;

    /// <summary>Fields of a header that are looked at.</summary>
    private const int MostFields = 1000;

    private static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "To", "Cc", "Bcc", "Sender", "Reply-To", "Resent-From", "Resent-To", "Resent-Cc", "Resent-Sender", "Disposition-Notification-To",
    };

    private static readonly HashSet<string> Dates = new(StringComparer.OrdinalIgnoreCase) { "Date", "Resent-Date", "Delivery-Date", "Expires" };

    /// <param name="names">Names of fields, compared without regard to case; they come out as they stand here.</param>
    public static IReadOnlyList<HeaderField> Read(ReadOnlySpan<byte> header, IReadOnlyList<string> names)
    {
        var found = new List<string>?[names.Count];
        var line = new SummaryBuffer();
        var reader = new HeaderFieldReader(header);
        for (var looked = 0; looked < MostFields && reader.Read(); looked++)
        {
            if (IndexOf(names, reader.Name) is not (>= 0 and var index)) continue;
            var values = found[index] ??= [];
            if (values.Count >= MostValues) continue;
            line.Clear();
            HeaderText.WriteUnfolded(reader.Value[..Math.Min(reader.Value.Length, MostOctets)], line);
            values.AddRange(Values(names[index], line.Written.ToArray()).Take(MostValues - values.Count));
        }

        return [.. names.Select((name, i) => new HeaderField(name, found[i] ?? [], Addresses.Contains(name))).Where(f => f.Values.Count > 0)];
    }

    private static int IndexOf(IReadOnlyList<string> names, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < names.Count; i++)
            if (Ascii.EqualsIgnoreCase(name, names[i])) return i;
        return -1;
    }

    private static IEnumerable<string> Values(string name, byte[] line)
    {
        if (Dates.Contains(name))
        {
            return DateUtils.TryParse(line, out var date) ? [date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)] : [];
        }

        if (Addresses.Contains(name) && InternetAddressList.TryParse(ParserOptions.Default, line, out var list))
            return list.Mailboxes.Select(m => Clean(string.IsNullOrEmpty(m.Name) ? $"<{m.Address}>" : $"{m.Name} <{m.Address}>"));
        return [Clean(Rfc2047.DecodeText(ParserOptions.Default, line))];
    }

    /// <summary>Without control characters, which indexes and terminals take amiss.</summary>
    private static string Clean(string text) => text.Any(char.IsControl) ? new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]) : text;
}
