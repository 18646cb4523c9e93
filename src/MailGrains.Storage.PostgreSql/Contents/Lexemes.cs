using System.Text;
using MailGrains.Storage.Records;

namespace MailGrains.Storage.PostgreSql.Contents;

/// <summary>Tokens and queries as PostgreSQL's text search has them. It never sees them as text of a language: no parser and no dictionary is asked.</summary>
internal static class Lexemes
{
    /// <summary>
    /// The only lexeme of a content with more tokens than a tsvector holds, which is 1 MiB: such a content is found by every query. No token has this
    /// character.
    /// </summary>
    private const string TooMany = "#";

    // The rest is for the lexeme of the segment.
    private const int MaxBytes = 1_000_000;

    /// <summary>What goes into a content's vector.</summary>
    public static string Of(string tokens)
    {
        if (Encoding.UTF8.GetByteCount(tokens) <= MaxBytes) return tokens;
        var distinct = TokenText.Distinct(tokens);
        return Encoding.UTF8.GetByteCount(distinct) <= MaxBytes ? distinct : TooMany;
    }

    /// <summary>A query with terms as text of a tsquery.</summary>
    public static string Of(TokenQuery query)
    {
        var text = new StringBuilder();
        Append(text, query);
        return text.Append(" | ").Append(Quote(TooMany)).ToString();
    }

    private static void Append(StringBuilder text, TokenQuery query)
    {
        if (query.Kind is TokenQueryKind.Exact or TokenQueryKind.Prefix)
        {
            text.Append(Quote(query.Token)).Append(query.Kind == TokenQueryKind.Prefix ? ":*" : "");
            return;
        }

        for (var i = 0; i < query.Parts.Count; i++)
        {
            text.Append(i == 0 ? "(" : query.Kind == TokenQueryKind.And ? " & " : " | ");
            Append(text, query.Parts[i]);
        }

        text.Append(')');
    }

    private static string Quote(string lexeme) =>
        $"'{lexeme.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
