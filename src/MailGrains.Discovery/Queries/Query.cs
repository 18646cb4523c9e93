using System.Diagnostics.CodeAnalysis;

namespace MailGrains.Discovery.Queries;

/// <summary>
/// What an officer asks: a text, and the tree it means. <see cref="ToString"/> is the tree in one fixed spelling, which means the
/// same; what is kept is <see cref="Text"/>, as the limits are those of what somebody wrote.
/// </summary>
public sealed class Query
{
    /// <summary>UTF-16 units.</summary>
    public const int MaxLength = 10_000;

    /// <summary>Words, phrases and comparisons.</summary>
    public const int MaxTerms = 500;

    /// <summary>Parentheses within parentheses.</summary>
    public const int MaxDepth = 50;

    private Query(string text, QueryNode root)
    {
        Text = text;
        Root = root;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public QueryNode Root { get; }

    /// <exception cref="QueryFormatException">The text is no query.</exception>
    public static Query Parse(string text) => TryParse(text, out var query, out var error) ? query : throw new QueryFormatException(error);

    public static bool TryParse(string text, [NotNullWhen(true)] out Query? query, [NotNullWhen(false)] out QueryError? error)
    {
        query = null;
        if (text.Length > MaxLength)
        {
            error = new QueryError(MaxLength + 1, $"at most {MaxLength} characters");
            return false;
        }

        try
        {
            query = new Query(text, new QueryParser(text).Parse());
            error = null;
            return true;
        }
        catch (QueryFormatException e)
        {
            error = e.Error;
            return false;
        }
    }

    /// <summary>Whether any part of it compares a field as a whole: flags, a folder, a type.</summary>
    public bool Compares(QueryField field)
    {
        var waiting = new Stack<QueryNode>([Root]);
        while (waiting.TryPop(out var node))
        {
            switch (node)
            {
                case QueryNode.Like like when like.Field == field:
                    return true;
                case QueryNode.Not not:
                    waiting.Push(not.Node);
                    break;
                case QueryNode.And and:
                    foreach (var part in and.Nodes) waiting.Push(part);
                    break;
                case QueryNode.Or or:
                    foreach (var part in or.Nodes) waiting.Push(part);
                    break;
            }
        }

        return false;
    }

    public override string ToString() => QueryPrinter.Print(Root);
}
