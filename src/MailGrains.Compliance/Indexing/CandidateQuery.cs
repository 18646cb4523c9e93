using MailGrains.Discovery.Planning;
using MailGrains.Discovery.Queries;
using MailGrains.Storage.Records;

namespace MailGrains.Compliance.Indexing;

/// <summary>What the index is asked for a query. It recurses, as a query is only so deep.</summary>
internal static class CandidateQuery
{
    /// <summary>Every content could be a candidate where the index can't be asked so much at once.</summary>
    public static TokenQuery Of(Query query)
    {
        try
        {
            return Of(QueryPlan.Candidates(query));
        }
        catch (ArgumentException)
        {
            return TokenQuery.All;
        }
    }

    private static TokenQuery Of(CandidateTree tree) => tree switch
    {
        CandidateTree.TokenTerm { IsPrefix: true } term => TokenQuery.Prefix(term.Token),
        CandidateTree.TokenTerm term => TokenQuery.Exact(term.Token),
        CandidateTree.All all => TokenQuery.And([.. all.Parts.Select(Of)]),
        CandidateTree.Any any => TokenQuery.Or([.. any.Parts.Select(Of)]),
        _ => TokenQuery.All,
    };
}
