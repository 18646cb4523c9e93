using MailGrains.Model.Search;

namespace MailGrains.Search;

/// <summary>
/// A search made ready to be asked of many messages. It is asked with what is at hand, first the index row alone, then
/// the summary, then the octets, and only of those messages for which the answer before was <see cref="Verdict.Unknown"/>.
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

    public Verdict Ask(in SearchCandidate candidate) => _root.Ask(candidate);
}
