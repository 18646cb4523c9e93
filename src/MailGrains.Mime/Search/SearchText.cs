using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Search;

/// <summary>
/// Substring search as SEARCH means it (RFC 9051 section 6.4.4): both sides are folded (<see cref="TextFolding"/>). Headers
/// are compared unfolded, with their encoded words decoded; bodies with transfer encoding and charset removed. BODY
/// looks at text parts, an HTML one as its source, and at the message header inside a message/rfc822 part; TEXT at all
/// headers besides.
/// </summary>
public static class SearchText
{
    /// <summary>HEADER, SUBJECT, FROM, TO, CC, BCC from what is stored beside the index; null when the blob is needed.</summary>
    /// <param name="field">A field name; case does not matter.</param>
    /// <param name="needle">An empty one asks only that the field is there.</param>
    public static bool? HeaderContains(ReadOnlySpan<byte> prefix, in MessageSummary summary, string field, Needle needle) =>
        HeaderSearch.Cached(prefix, summary, field, needle);

    /// <summary>HEADER, SUBJECT, FROM, TO, CC, BCC.</summary>
    public static bool HeaderContains(
        ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> blob, in MessageSummary summary, string field, Needle needle) =>
        HeaderSearch.Cached(prefix, summary, field, needle) ?? HeaderSearch.InBlob(prefix, blob[..summary.HeaderLength], field, needle);

    /// <summary>BODY.</summary>
    public static bool BodyContains(ReadOnlySpan<byte> blob, in MessageSummary summary, Needle needle) =>
        BodySearch.Contains(blob, summary, needle, withPartHeaders: false);

    /// <summary>TEXT: the headers, the trace header of this delivery among them, and the body.</summary>
    public static bool Contains(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> blob, in MessageSummary summary, Needle needle) =>
        HeaderSearch.AnyField(prefix, needle)
        || HeaderSearch.AnyField(blob[..summary.HeaderLength], needle)
        || BodySearch.Contains(blob, summary, needle, withPartHeaders: true);
}
