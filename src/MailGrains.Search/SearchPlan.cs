using MailGrains.Model.Columns;
using MailGrains.Model.Search;

namespace MailGrains.Search;

/// <summary>
/// A search made ready to be asked of many messages. It is asked with what is at hand: first of the index, a slice at a time, then
/// with the summary, then with the octets, and only of those messages that the answer before left open.
/// Immutable, so that several threads may ask at once.
/// </summary>
public sealed class SearchPlan
{
    private readonly Criterion _root;

    private SearchPlan(Criterion root) => _root = root;

    /// <summary>What has to be read at most.</summary>
    public SearchCost Cost => _root.Cost;

    /// <param name="key">At most <see cref="SearchKey.MaxDepth"/> deep.</param>
    /// <param name="context">The session that asks.</param>
    public static SearchPlan Make(SearchKey key, SearchContext context) => new(CriterionBuilder.Build(key, context));

    /// <summary>What the index alone tells of a slice.</summary>
    public RowAnswer Ask(in MessageSlice slice) => _root.Ask(slice);

    public Verdict Ask(in SearchCandidate candidate) => _root.Ask(candidate);
}
