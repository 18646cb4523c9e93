using System.Collections.Immutable;
using System.Globalization;
using MailGrains.Discovery.Tokens;

namespace MailGrains.Discovery.Queries;

/// <summary>
/// Parses a query. The caller has bounded its length; open parentheses are on a stack of at most <see cref="Query.MaxDepth"/>.
/// <code>
/// query    = all-of *("OR" all-of)
/// all-of   = not-term *(["AND"] not-term)
/// not-term = *("NOT" / "-") ("(" query ")" / field ":(" query ")" / [field compare] value / [field ":"] near)
/// near     = "NEAR(" number 2*("," value) ")"
/// value    = word / quoted
/// </code>
/// </summary>
internal sealed class QueryParser(string text)
{
    private const int MaxNearWords = 10;
    private const int MaxDistance = 100;
    private const string Term = "a word, a phrase in quotes, a field or '('";

    private readonly QueryScanner _scanner = new(text);
    private readonly Stack<QueryGroup> _open = new();
    private QueryGroup _group = new(QueryField.Anywhere, 1);
    private int _terms;

    public QueryNode Parse()
    {
        while (true)
        {
            _scanner.SkipBlanks();
            if (_scanner.IsAtEnd) break;
            if (_scanner.TryTake(')'))
                Close();
            else if (_scanner.TryTakeKeyword("AND"))
                _group.Join(isOr: false, _scanner);
            else if (_scanner.TryTakeKeyword("OR"))
                _group.Join(isOr: true, _scanner);
            else if (_scanner.TryTakeKeyword("NOT") || _scanner.TryTakeMinus())
                _group.Negate();
            else
                ReadTerm();
        }

        if (!_group.IsComplete) throw _scanner.Expected(Term);
        return _open.Count == 0 ? _group.ToNode() : throw _scanner.Expected($"')' for the '(' in column {_group.Column}");
    }

    private void ReadTerm()
    {
        var column = _scanner.Column;
        if (_scanner.TryTake('('))
        {
            Open(_group.Field, column);
            return;
        }

        if (!_scanner.TryTakeField(out var field, out var comparison))
        {
            _group.Add(ReadValue(_group.Field, Comparison.Is));
            return;
        }

        if (_group.Field != QueryField.Anywhere)
            throw QueryScanner.ExpectedAt(column, $"values of '{QueryFields.NameOf(_group.Field)}' only in these parentheses");
        if (comparison == Comparison.Is && _scanner.TryTake('('))
            Open(field, _scanner.Column - 1);
        else
            _group.Add(ReadValue(field, comparison));
    }

    private void Open(QueryField field, int column)
    {
        if (_open.Count >= Query.MaxDepth) throw QueryScanner.ExpectedAt(column, $"at most {Query.MaxDepth} parentheses within each other");
        _open.Push(_group);
        _group = new QueryGroup(field, column);
    }

    private void Close()
    {
        if (!_group.IsComplete) throw QueryScanner.ExpectedAt(_scanner.Column - 1, Term);
        if (_open.Count == 0) throw QueryScanner.ExpectedAt(_scanner.Column - 1, "no ')': there is no '(' before it");
        var node = _group.ToNode();
        _group = _open.Pop();
        _group.Add(node);
    }

    private QueryNode ReadValue(QueryField field, Comparison comparison)
    {
        var column = _scanner.Column;
        if (++_terms > Query.MaxTerms) throw QueryScanner.ExpectedAt(column, $"at most {Query.MaxTerms} words and phrases");
        var kind = QueryFields.KindOf(field);
        if (kind is FieldKind.Words or FieldKind.Addresses or FieldKind.Names && _scanner.TryTakeNear()) return ReadNear(field);
        var value = _scanner.TakeValue();
        return kind switch
        {
            FieldKind.Date => QueryValues.Date(field, comparison, value, column),
            FieldKind.Size => QueryValues.Size(comparison, value, column),
            FieldKind.YesOrNo => QueryValues.YesOrNo(field, value, column),
            FieldKind.Whole => QueryValues.Whole(field, value, column),
            _ => QueryValues.Text(field, kind, value, column),
        };
    }

    private QueryNode.Near ReadNear(QueryField field)
    {
        _scanner.SkipBlanks();
        var column = _scanner.Column;
        if (!int.TryParse(_scanner.TakeValue(','), NumberStyles.None, CultureInfo.InvariantCulture, out var distance) || distance > MaxDistance)
            throw QueryScanner.ExpectedAt(column, $"how many words may be between, 0 to {MaxDistance}");
        var words = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            _scanner.SkipBlanks();
            if (words.Count >= 2 && _scanner.TryTake(')')) return new QueryNode.Near(field, distance, words.DrainToImmutable());
            if (words.Count >= MaxNearWords) throw _scanner.Expected($"')': at most {MaxNearWords} words are near each other");
            if (!_scanner.TryTake(',')) throw _scanner.Expected(words.Count >= 2 ? "',' or ')'" : "','");
            _scanner.SkipBlanks();
            column = _scanner.Column;
            if (++_terms > Query.MaxTerms) throw QueryScanner.ExpectedAt(column, $"at most {Query.MaxTerms} words and phrases");
            words.Add(QueryValues.Phrase(_scanner.TakeValue(','), column));
        }
    }
}
