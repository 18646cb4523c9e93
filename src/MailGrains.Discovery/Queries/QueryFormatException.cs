namespace MailGrains.Discovery.Queries;

/// <summary>The text is no query.</summary>
public sealed class QueryFormatException(QueryError error) : FormatException(error.ToString())
{
    public QueryError Error => error;
}
