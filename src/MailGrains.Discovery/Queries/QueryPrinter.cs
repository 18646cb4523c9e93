using System.Globalization;
using System.Text;

namespace MailGrains.Discovery.Queries;

/// <summary>Writes a tree in one fixed spelling; it recurses, as a tree is only so deep.</summary>
internal static class QueryPrinter
{
    public static string Print(QueryNode node)
    {
        var text = new StringBuilder();
        Print(node, text);
        return text.ToString();
    }

    private static void Print(QueryNode node, StringBuilder text)
    {
        switch (node)
        {
            case QueryNode.And and:
                Join(" AND ", and.Nodes, n => n is QueryNode.Or, text);
                break;
            case QueryNode.Or or:
                Join(" OR ", or.Nodes, _ => false, text);
                break;
            case QueryNode.Not not:
                text.Append("NOT ");
                Join("", [not.Node], n => n is QueryNode.And or QueryNode.Or, text);
                break;
            case QueryNode.Near near:
                Field(near.Field, text).Append(CultureInfo.InvariantCulture, $"NEAR({near.Distance}");
                foreach (var word in near.Written)
                    text.Append(", ").Append(Value(word));
                text.Append(')');
                break;
            default:
                text.Append(Term(node));
                break;
        }
    }

    private static void Join(string joint, IEnumerable<QueryNode> nodes, Func<QueryNode, bool> needsParentheses, StringBuilder text)
    {
        var isFirst = true;
        foreach (var node in nodes)
        {
            if (!isFirst) text.Append(joint);
            isFirst = false;
            var isWrapped = needsParentheses(node);
            if (isWrapped) text.Append('(');
            Print(node, text);
            if (isWrapped) text.Append(')');
        }
    }

    private static string Term(QueryNode node) => node switch
    {
        QueryNode.Everything => "*",
        QueryNode.Words words => Field(words.Field, new StringBuilder()).Append(Value(words.Written)).ToString(),
        QueryNode.Like { Field: QueryField.MessageId or QueryField.References, Pattern: ['<', .., '>'] } like =>
            $"{Name(like.Field)}:{Value($"<{like.Pattern}>")}",
        QueryNode.Like like => $"{Name(like.Field)}:{Value(like.Pattern)}",
        QueryNode.Time { From: { } from, Before: { } before } time => $"{Name(time.Field)}:{TimePeriod.Start(from)}..{TimePeriod.Last(before)}",
        QueryNode.Time { From: { } from } time =>
            TimePeriod.CanStart(from) ? $"{Name(time.Field)}>={TimePeriod.Start(from)}" : $"{Name(time.Field)}>{TimePeriod.Last(from)}",
        QueryNode.Time { Before: { } before } time =>
            TimePeriod.CanStart(before) ? $"{Name(time.Field)}<{TimePeriod.Start(before)}" : $"{Name(time.Field)}<={TimePeriod.Last(before)}",
        QueryNode.Size { Most: long.MaxValue } size => string.Create(CultureInfo.InvariantCulture, $"size>={size.Least}"),
        QueryNode.Size { Most: < 0 } => "size<0",
        QueryNode.Size size => string.Create(CultureInfo.InvariantCulture, $"size:{size.Least}..{size.Most}"),
        QueryNode.Is question => $"{Name(question.Field)}:{(question.Value ? "true" : "false")}",
        _ => throw new ArgumentException($"No text for {node.GetType().Name}.", nameof(node)),
    };

    private static string Name(QueryField field) => QueryFields.NameOf(field);

    private static StringBuilder Field(QueryField field, StringBuilder text) => field == QueryField.Anywhere ? text : text.Append(Name(field)).Append(':');

    /// <summary>A plain word as it is, all else in quotes.</summary>
    private static string Value(string value)
    {
        var isPlain = value.Length > 0 && value is not ("AND" or "OR" or "NOT") && char.IsAsciiLetterOrDigit(value[0])
            && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '@' or '_' or '-' or '*' or '/');
        return isPlain ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
