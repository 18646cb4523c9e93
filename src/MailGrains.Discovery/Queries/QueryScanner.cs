using System.Text;

namespace MailGrains.Discovery.Queries;

/// <summary>Takes the pieces of a query off its text.</summary>
internal sealed class QueryScanner(string text)
{
    /// <summary>Ends a word besides blanks. Text processors make curved quotes of straight ones.</summary>
    private const string WordEnd = "\"()\u201C\u201D\u201E";

    private int _position;

    /// <summary>From 1.</summary>
    public int Column => _position + 1;

    public bool IsAtEnd => _position >= text.Length;

    private char Next => IsAtEnd ? '\0' : text[_position];

    public void SkipBlanks()
    {
        while (!IsAtEnd && char.IsWhiteSpace(Next)) _position++;
    }

    public bool TryTake(char c)
    {
        if (IsAtEnd || Next != c) return false;
        _position++;
        return true;
    }

    /// <summary>Takes a minus that something follows at once.</summary>
    public bool TryTakeMinus()
    {
        if (Next != '-' || _position + 1 >= text.Length || char.IsWhiteSpace(text[_position + 1])) return false;
        _position++;
        return true;
    }

    /// <summary>Takes AND, OR, NOT in capitals, as a word by itself.</summary>
    public bool TryTakeKeyword(string keyword)
    {
        if (!text.AsSpan(_position).StartsWith(keyword, StringComparison.Ordinal)) return false;
        var end = _position + keyword.Length;
        if (end < text.Length && !EndsWord(text[end])) return false;
        _position = end;
        return true;
    }

    /// <summary>Takes NEAR and its parenthesis.</summary>
    public bool TryTakeNear()
    {
        if (!text.AsSpan(_position).StartsWith("NEAR(", StringComparison.Ordinal)) return false;
        _position += "NEAR(".Length;
        return true;
    }

    /// <summary>Takes the name of a field and what compares it: <c>1*ALPHA (":" ["=" / "&lt;" …] / "=" / "&lt;" / "&gt;" / "&lt;=" / "&gt;=")</c>.</summary>
    /// <remarks>A word with a colon after letters must be a field; with another sign it is just a word when it is none.</remarks>
    public bool TryTakeField(out QueryField field, out Comparison comparison)
    {
        field = default;
        comparison = default;
        var end = _position;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || (end > _position && char.IsAsciiDigit(text[end])))) end++;
        if (end == _position || end >= text.Length || !":=<>".Contains(text[end], StringComparison.Ordinal)) return false;
        var name = text[_position..end];
        if (!QueryFields.TryFind(name, out field))
        {
            // "Q1:" is a word as people write it, "form:" a field with a slip in it.
            return text[end] == ':' && name.All(char.IsAsciiLetter) ? throw Expected($"{QueryFields.Expected}, or the word in quotes") : false;
        }

        var canCompare = QueryFields.KindOf(field) is FieldKind.Date or FieldKind.Size;
        if (text[end] != ':' && !canCompare) return false;
        _position = end;
        if (TryTake(':') && !canCompare) return true;
        comparison = TakeComparison();
        return true;
    }

    /// <summary>Takes a word or quoted text.</summary>
    /// <param name="stop">Ends a word besides blanks, quotes and parentheses.</param>
    public string TakeValue(char stop = '\0')
    {
        if (!IsAtEnd && IsQuote(Next)) return TakeQuoted(isCurved: Next != '"');
        var start = _position;
        while (!IsAtEnd && !EndsWord(Next) && (stop == '\0' || Next != stop)) _position++;
        return text[start.._position];
    }

    public QueryFormatException Expected(string what) => ExpectedAt(Column, what);

    public static QueryFormatException ExpectedAt(int column, string what) => new(new QueryError(column, what));

    private static bool EndsWord(char c) => char.IsWhiteSpace(c) || WordEnd.Contains(c, StringComparison.Ordinal);

    private static bool IsQuote(char c) => c is '"' or '\u201C' or '\u201D' or '\u201E';

    private Comparison TakeComparison()
    {
        if (TryTake('>')) return TryTake('=') ? Comparison.AtLeast : Comparison.Above;
        if (TryTake('<')) return TryTake('=') ? Comparison.AtMost : Comparison.Below;
        TryTake('=');
        return Comparison.Is;
    }

    /// <summary><c>DQUOTE *(any / "\" DQUOTE / "\\") DQUOTE ["*"]</c></summary>
    private string TakeQuoted(bool isCurved)
    {
        var opened = Column;
        var value = new StringBuilder();
        for (_position++; !IsAtEnd; _position++)
        {
            if (IsQuote(Next) && isCurved == (Next != '"'))
            {
                _position++;
                if (TryTake('*')) value.Append('*');
                return value.ToString();
            }

            if (Next == '\\' && _position + 1 < text.Length && text[_position + 1] is '"' or '\\') _position++;
            value.Append(Next);
        }

        throw Expected($"the quote that ends the one in column {opened}");
    }
}
