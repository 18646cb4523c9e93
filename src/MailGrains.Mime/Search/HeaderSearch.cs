using System.Text;
using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Search;

/// <summary>Search in header fields.</summary>
internal static class HeaderSearch
{
    [ThreadStatic]
    private static (SummaryBuffer Scratch, SummaryBuffer Folded)? t_buffers;

    /// <summary>Above this a thread gives its buffers back rather than keep them.</summary>
    private const int KeptOctets = 64 * 1024;

    private static (SummaryBuffer Scratch, SummaryBuffer Folded) Buffers
    {
        get
        {
            if (t_buffers is not { } buffers || buffers.Scratch.Capacity > KeptOctets || buffers.Folded.Capacity > KeptOctets)
                t_buffers = buffers = (new SummaryBuffer(), new SummaryBuffer());
            return buffers;
        }
    }

    public static bool? Cached(ReadOnlySpan<byte> prefix, in MessageSummary summary, string field, Needle needle)
    {
        if (SearchFieldOf(field) is { } searchable)
        {
            // A trace header holds none of these.
            var text = summary.SearchText(searchable);
            return text.IsStored ? text.IsPresent && text.Folded.Span.IndexOf(needle.Folded.Span) >= 0 : null;
        }

        var index = CachedFields.IndexOf(field);
        if (!summary.Covers(index))
            return null;
        if (InBlob(prefix, default, field, needle))
            return true;
        foreach (var (cached, lines) in summary.CachedHeaders)
        {
            if (cached == index && FieldContains(lines.Span[(lines.Span.IndexOf((byte)':') + 1)..], needle))
                return true;
        }

        return false;
    }

    public static bool InBlob(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> header, string field, Needle needle) =>
        NamedFieldContains(prefix, field, needle) || NamedFieldContains(header, field, needle);

    /// <summary>Whether any field contains the needle, its name and colon being part of it.</summary>
    public static bool AnyField(ReadOnlySpan<byte> header, Needle needle)
    {
        for (var reader = new HeaderFieldReader(header); reader.Read();)
        {
            if (FieldContains(reader.Field, needle))
                return true;
        }

        return false;
    }

    private static bool NamedFieldContains(ReadOnlySpan<byte> header, string field, Needle needle)
    {
        for (var reader = new HeaderFieldReader(header); reader.Read();)
        {
            if (!reader.Name.IsEmpty && Ascii.EqualsIgnoreCase(reader.Name, field) && FieldContains(reader.Value, needle))
                return true;
        }

        return false;
    }

    private static bool FieldContains(ReadOnlySpan<byte> raw, Needle needle)
    {
        if (needle.Folded.IsEmpty)
            return true;
        var (scratch, folded) = Buffers;
        folded.Clear();
        HeaderText.WriteFolded(raw, scratch, folded);
        return folded.Written.IndexOf(needle.Folded.Span) >= 0;
    }

    private static SearchField? SearchFieldOf(string field) => field.Length switch
    {
        7 when field.Equals("subject", StringComparison.OrdinalIgnoreCase) => SearchField.Subject,
        4 when field.Equals("from", StringComparison.OrdinalIgnoreCase) => SearchField.From,
        2 when field.Equals("to", StringComparison.OrdinalIgnoreCase) => SearchField.To,
        2 when field.Equals("cc", StringComparison.OrdinalIgnoreCase) => SearchField.Cc,
        3 when field.Equals("bcc", StringComparison.OrdinalIgnoreCase) => SearchField.Bcc,
        _ => null,
    };
}
