using System.Collections.Immutable;
using MailGrains.Discovery.Queries;
using MailGrains.Discovery.Tokens;

namespace MailGrains.Discovery.Planning;

/// <summary>Query → what the tokens of every answer must have. The other way it says nothing: candidates are asked one by one.</summary>
public static class QueryPlan
{
    private static readonly CandidateTree s_everything = new CandidateTree.Everything();

    /// <summary>Whatever the matcher accepts is among these candidates.</summary>
    public static CandidateTree Candidates(Query query) => Of(query.Root);

    private static CandidateTree Of(QueryNode node) => node switch
    {
        QueryNode.And and => All(and.Nodes.Select(Of)),
        QueryNode.Or or => Any(or.Nodes.Select(Of)),
        QueryNode.Words words => All(TermsOf(words.Phrase)),
        QueryNode.Near near => All(near.Phrases.SelectMany(TermsOf)),
        QueryNode.Like { Field: QueryField.Folder or QueryField.Flag } => s_everything,
        QueryNode.Like like => All(PatternTokens.Of(like.Pattern)),
        _ => s_everything,
    };

    private static IEnumerable<CandidateTree> TermsOf(TokenPhrase phrase)
    {
        var tokens = phrase.Tokens;
        return tokens.Select((token, i) => new CandidateTree.TokenTerm(token, phrase.IsPrefix && i == tokens.Length - 1));
    }

    private static CandidateTree All(IEnumerable<CandidateTree> parts)
    {
        var needed = parts.SelectMany(p => p is CandidateTree.All all ? all.Parts : [p])
            .Where(p => p is not CandidateTree.Everything).Distinct().ToImmutableArray();
        return needed switch { [] => s_everything, [var only] => only, _ => new CandidateTree.All(needed) };
    }

    private static CandidateTree Any(IEnumerable<CandidateTree> parts)
    {
        var possible = parts.SelectMany(p => p is CandidateTree.Any any ? any.Parts : [p]).Distinct().ToImmutableArray();
        if (possible.Any(p => p is CandidateTree.Everything)) return s_everything;
        return possible is [var only] ? only : new CandidateTree.Any(possible);
    }
}
