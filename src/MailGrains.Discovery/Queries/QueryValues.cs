using System.Globalization;
using MailGrains.Discovery.Tokens;

namespace MailGrains.Discovery.Queries;

/// <summary>The values of terms: what was written → what it means.</summary>
internal static class QueryValues
{
    private const string SizeExpected = "a size, such as 500, 20KB, 1MB or 1MB..5MB";

    /// <summary>Words, or a pattern for all of an address or name.</summary>
    public static QueryNode Text(QueryField field, FieldKind kind, string value, int column)
    {
        if (value == "*") return field == QueryField.Anywhere ? new QueryNode.Everything() : new QueryNode.Like(field, "*");
        var star = value.IndexOf('*', StringComparison.Ordinal);
        var isInside = star >= 0 && star < value.Length - 1;
        if (kind is FieldKind.Addresses or FieldKind.Names && (isInside || (kind == FieldKind.Addresses && IsAddress(value))))
            return new QueryNode.Like(field, value);
        if (isInside) throw QueryScanner.ExpectedAt(column, "'*' at the end of the word only");
        return new QueryNode.Words(field, Phrase(value, column));
    }

    /// <summary>The value itself, if there is a word in it.</summary>
    public static string Phrase(string value, int column)
    {
        if (value.AsSpan().IndexOf('*') is var star && star >= 0 && star < value.Length - 1)
            throw QueryScanner.ExpectedAt(column, "'*' at the end of the word only");
        return TokenPhrase.Of(value) is null ? throw QueryScanner.ExpectedAt(column, "a word with a letter or digit in it") : value;
    }

    public static QueryNode.Like Whole(QueryField field, string value, int column)
    {
        switch (field)
        {
            case QueryField.MessageId or QueryField.References when value is ['<', .. var id, '>']:
                value = id;
                break;
            case QueryField.Flag:
                value = value.TrimStart('\\');
                break;
            case QueryField.Sha256 when value.Length != 64 || !value.All(char.IsAsciiHexDigit):
                throw QueryScanner.ExpectedAt(column, "64 hexadecimal digits");
        }

        return value.Length > 0 ? new QueryNode.Like(field, value) : throw QueryScanner.ExpectedAt(column, $"a value for '{QueryFields.NameOf(field)}'");
    }

    public static QueryNode.Is YesOrNo(QueryField field, string value, int column) => value.ToUpperInvariant() switch
    {
        "TRUE" or "YES" => new QueryNode.Is(field, true),
        "FALSE" or "NO" => new QueryNode.Is(field, false),
        _ => throw QueryScanner.ExpectedAt(column, "true or false"),
    };

    /// <summary><c>size [".." size]</c></summary>
    public static QueryNode.Size Size(Comparison comparison, string value, int column)
    {
        if (value.Split("..") is [var from, var to] && comparison == Comparison.Is && Octets(from) is { } least && Octets(to) is { } most)
            return new QueryNode.Size(least, most);
        var octets = Octets(value) ?? throw QueryScanner.ExpectedAt(column, SizeExpected);
        return comparison switch
        {
            Comparison.Is => new QueryNode.Size(octets, octets),
            Comparison.Below => new QueryNode.Size(0, octets - 1),
            Comparison.AtMost => new QueryNode.Size(0, octets),
            Comparison.AtLeast => new QueryNode.Size(octets, long.MaxValue),
            _ => new QueryNode.Size(octets + 1, long.MaxValue),
        };
    }

    /// <summary><c>period [".." period]</c></summary>
    public static QueryNode.Time Date(QueryField field, Comparison comparison, string value, int column)
    {
        if (comparison == Comparison.Is && value.Split("..") is [var first, var last]
            && TimePeriod.TryParse(first) is { } start && TimePeriod.TryParse(last) is { } end)
            return new QueryNode.Time(field, start.From, end.Before);
        var period = TimePeriod.TryParse(value)
            ?? throw QueryScanner.ExpectedAt(column, "a date in UTC: 2026, 2026-03, 2026-03-31, 2026-03-31T15:00, or two with '..' between");
        return comparison switch
        {
            Comparison.Is => new QueryNode.Time(field, period.From, period.Before),
            Comparison.Below => new QueryNode.Time(field, null, period.From),
            Comparison.AtMost => new QueryNode.Time(field, null, period.Before),
            Comparison.AtLeast => new QueryNode.Time(field, period.From, null),
            _ => new QueryNode.Time(field, period.Before, null),
        };
    }

    /// <summary>An @ with something on both sides, and no blank.</summary>
    private static bool IsAddress(string value)
    {
        var at = value.LastIndexOf('@');
        return at > 0 && at < value.Length - 1 && !value.AsSpan().ContainsAny(" \t") && !value.EndsWith('*');
    }

    /// <summary><c>1*15DIGIT ["B" / "KB" / "MB" / "GB"]</c>; a KB is 1024 octets.</summary>
    private static long? Octets(string value)
    {
        var digits = value.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var (number, unit) = digits < 0 ? (value, "") : (value[..digits], value[digits..].ToUpperInvariant());
        if (number.Length is 0 or > 15) return null;
        var shift = unit switch { "" or "B" => 0, "KB" or "K" => 10, "MB" or "M" => 20, "GB" or "G" => 30, _ => -1 };
        var octets = long.Parse(number, CultureInfo.InvariantCulture);
        return shift < 0 || octets > long.MaxValue >> (shift + 1) ? null : octets << shift;
    }
}
