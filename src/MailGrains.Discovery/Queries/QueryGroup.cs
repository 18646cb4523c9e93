using System.Collections.Immutable;

namespace MailGrains.Discovery.Queries;

/// <summary>What has been read between two parentheses so far.</summary>
/// <param name="scope">What terms in it ask for that name no field.</param>
/// <param name="column">Of its parenthesis.</param>
internal sealed class QueryGroup(QueryField scope, int column)
{
    private readonly List<QueryNode> _anyOf = [];
    private readonly List<QueryNode> _allOf = [];
    private bool _isNegated;
    private bool _isJoined;

    public QueryField Field => scope;

    public int Column => column;

    /// <summary>It doesn't wait for a term.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>AND or OR was read.</summary>
    public void Join(bool isOr, QueryScanner scanner)
    {
        var length = isOr ? "OR".Length : "AND".Length;
        if (!IsComplete || _isJoined) throw QueryScanner.ExpectedAt(scanner.Column - length, "a word, a phrase in quotes, a field or '(' before it");
        if (isOr) CloseAllOf();
        IsComplete = false;
        _isJoined = true;
    }

    public void Negate()
    {
        _isNegated = !_isNegated;
        IsComplete = false;
    }

    public void Add(QueryNode node)
    {
        node = (_isNegated, node) switch
        {
            (false, _) => node,
            (true, QueryNode.Not not) => not.Node,
            _ => new QueryNode.Not(node),
        };
        if (node is QueryNode.And and)
            _allOf.AddRange(and.Nodes);
        else
            _allOf.Add(node);
        (_isNegated, _isJoined, IsComplete) = (false, false, true);
    }

    public QueryNode ToNode()
    {
        CloseAllOf();
        return _anyOf is [var only] ? only : new QueryNode.Or([.. _anyOf]);
    }

    private void CloseAllOf()
    {
        var node = _allOf is [var only] ? only : new QueryNode.And([.. _allOf]);
        _allOf.Clear();
        if (node is QueryNode.Or or)
            _anyOf.AddRange(or.Nodes);
        else
            _anyOf.Add(node);
    }
}
