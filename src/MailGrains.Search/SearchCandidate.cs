using MailGrains.Model.Columns;
using MailGrains.Model.Summary;

namespace MailGrains.Search;

/// <summary>One message, with as much of it as has been read.</summary>
public readonly ref struct SearchCandidate
{
    public SearchCandidate(MessageRow row) => Row = row;

    public SearchCandidate(MessageRow row, ReadOnlySpan<byte> prefix, MessageSummary summary)
        : this(row)
    {
        Prefix = prefix;
        Summary = summary;
        Read = SearchCost.Summary;
    }

    public SearchCandidate(MessageRow row, ReadOnlySpan<byte> prefix, MessageSummary summary, ReadOnlySpan<byte> blob)
        : this(row, prefix, summary)
    {
        Blob = blob;
        Read = SearchCost.Body;
    }

    public MessageRow Row { get; }

    /// <summary>The trace header of this delivery.</summary>
    public ReadOnlySpan<byte> Prefix { get; }

    public MessageSummary Summary { get; }

    public ReadOnlySpan<byte> Blob { get; }

    /// <summary>How much is there.</summary>
    public SearchCost Read { get; }
}
