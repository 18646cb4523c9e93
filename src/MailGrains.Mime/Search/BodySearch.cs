using MailGrains.Model.Summary;

namespace MailGrains.Mime.Search;

/// <summary>Search in the decoded text parts of a message.</summary>
internal static class BodySearch
{
    public static bool Contains(ReadOnlySpan<byte> blob, in MessageSummary summary, Needle needle, bool withPartHeaders)
    {
        var isInnerMessage = false;
        foreach (var part in summary.Parts)
        {
            if ((isInnerMessage || (withPartHeaders && part.Depth > 0))
                && HeaderSearch.AnyField(blob.Slice(part.HeaderStart, part.HeaderLength), needle))
                return true;
            if (part.Kind == PartKind.Text
                && PartSearch.Contains(blob.Slice(part.BodyStart, part.BodyLength), part.Encoding, part.Charset, needle))
                return true;
            isInnerMessage = part.Kind == PartKind.Message;
        }

        return false;
    }
}
