using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Queries;

namespace MailGrains.Discovery.Matching;

/// <summary>
/// Whether a message is an answer: this is the definition. An index only narrows what is asked. It looks at the document as it is
/// kept, never at the message, and recurses, as a query is only so deep.
/// </summary>
public static class Matcher
{
    public static bool Matches(Query query, DiscoveryItem item) => Matches(query.Root, item);

    private static bool Matches(QueryNode node, DiscoveryItem item)
    {
        switch (node)
        {
            case QueryNode.Everything:
                return true;
            case QueryNode.And and:
                foreach (var part in and.Nodes)
                    if (!Matches(part, item)) return false;
                return true;
            case QueryNode.Or or:
                foreach (var part in or.Nodes)
                    if (Matches(part, item)) return true;
                return false;
            case QueryNode.Not not:
                return !Matches(not.Node, item);
            case QueryNode.Words words:
                return FieldValues.Tokens(item.Document, words.Field).Any(t => words.Phrase.IsIn(t));
            case QueryNode.Near near:
                return FieldValues.Tokens(item.Document, near.Field).Any(t => Proximity.IsIn(t, near.Phrases, near.Distance));
            case QueryNode.Like like:
                return IsLike(like, item);
            case QueryNode.Time time:
                return IsWithin(time, time.Field == QueryField.Received ? item.InternalDate : item.Document.Date);
            case QueryNode.Size size:
                return item.Size >= size.Least && item.Size <= size.Most;
            case QueryNode.Is question:
                return question.Value == Is(question.Field, item.Document);
            default:
                throw new ArgumentException($"No meaning for {node.GetType().Name}.", nameof(node));
        }
    }

    private static bool IsLike(QueryNode.Like like, DiscoveryItem item) => QueryFields.KindOf(like.Field) == FieldKind.Words
        ? FieldValues.Tokens(item.Document, like.Field).Any(t => t.Length > 0)
        : FieldValues.Whole(item, like.Field, addressesOnly: like.Pattern.Contains('@', StringComparison.Ordinal))
            .Any(v => v.Length > 0 && WholeValue.IsLike(v, like.Pattern));

    /// <summary>A message without a date is within no time.</summary>
    private static bool IsWithin(QueryNode.Time time, DateTimeOffset? date)
    {
        if (date is not { } known) return false;
        var seconds = known.ToUnixTimeSeconds();
        return (time.From is not { } from || seconds >= from) && (time.Before is not { } before || seconds < before);
    }

    private static bool Is(QueryField field, DiscoveryDocument document) => field == QueryField.HasAttachment
        ? document.Attachments.Any(a => !a.IsInline)
        : !document.Partial.IsEmpty;
}
