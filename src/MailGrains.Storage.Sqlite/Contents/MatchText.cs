using System.Text;
using MailGrains.Storage.Records;

namespace MailGrains.Storage.Sqlite.Contents;

/// <summary>Queries in the language of FTS5.</summary>
internal static class MatchText
{
    public static string Of(TokenQuery query)
    {
        var text = new StringBuilder();
        Append(text, query);
        return text.ToString();
    }

    private static void Append(StringBuilder text, TokenQuery query)
    {
        if (query.Kind is TokenQueryKind.Exact or TokenQueryKind.Prefix)
        {
            // A token has no quotes; in a string of this language nothing else has a meaning.
            text.Append('"').Append(query.Token.Replace("\"", "\"\"", StringComparison.Ordinal)).Append(query.Kind == TokenQueryKind.Prefix ? "\" *" : "\"");
            return;
        }

        for (var i = 0; i < query.Parts.Count; i++)
        {
            text.Append(i == 0 ? "(" : query.Kind == TokenQueryKind.And ? " AND " : " OR ");
            Append(text, query.Parts[i]);
        }

        text.Append(')');
    }
}
