using CsCheck;
using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Matching;
using MailGrains.Discovery.Planning;
using MailGrains.Discovery.Queries;

namespace MailGrains.Discovery.Tests;

public sealed class PlanTests
{
    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("\"Quarterly rep*\" subject:Grüße", "(quarterly & rep* & grusse)")]
    [InlineData("alice (bob OR carol dave) bob", "(alice & (bob | (carol & dave)) & bob)")]
    [InlineData("alice OR bob OR alice", "(alice | bob)")]
    [InlineData("NEAR(3, a, \"b c\")", "(a & b & c)")]
    [InlineData("attachment:*.pdf", "pdf")]
    [InlineData("attachment:*pdf", "everything")]
    [InlineData("attachment:q1*fin.x*", "(q1* & x*)")]
    [InlineData("from:*@example.org", "(example & org)")]
    [InlineData("type:application/*", "application")]
    [InlineData("messageid:<A.b@c>", "(a & b & c)")]
    [InlineData("from:é.x@yé.z", "(x & z)")]
    [InlineData("NOT alice", "everything")]
    [InlineData("alice NOT bob size>1MB sent:2026 folder:Trash flag:seen hasattachment:true", "alice")]
    [InlineData("alice OR NOT bob", "everything")]
    [InlineData("*", "everything")]
    [InlineData("bcc:*", "everything")]
    public void A_query_needs_these_tokens(string query, string plan) => Assert.Equal(plan, Print(QueryPlan.Candidates(Query.Parse(query))));

    /// <summary>The contract of plan and matcher: no answer is lost by asking the candidates alone.</summary>
    [Fact]
    public void Every_answer_is_among_the_candidates()
    {
        var (answers, narrowed) = (0, 0);
        Gen.Int.Sample(
            seed =>
            {
                var random = new RandomSearch(seed);
                var item = random.Item();
                var tokens = item.Document.TokenText;
                var stored = item with { Document = DiscoveryDocument.Decode(item.Document.Encode()) };
                for (var i = 0; i < 10; i++)
                {
                    var query = Query.Parse(random.QueryText());
                    var isAnswer = Matcher.Matches(query, item);
                    var isCandidate = QueryPlan.Candidates(query).Admit(tokens);
                    Assert.True(isCandidate || !isAnswer, $"{query} has an answer that is no candidate: {tokens}");
                    Assert.Equal(isAnswer, Matcher.Matches(query, stored));
                    if (isAnswer) Interlocked.Increment(ref answers);
                    if (!isCandidate) Interlocked.Increment(ref narrowed);
                }
            },
            iter: 2000);

        // Both sides of it have been seen.
        Assert.True(answers > 2000 && narrowed > 2000, $"{answers} answers, {narrowed} that were no candidates.");
    }

    private static string Print(CandidateTree tree) => tree switch
    {
        CandidateTree.TokenTerm term => term.Token + (term.IsPrefix ? "*" : ""),
        CandidateTree.All all => $"({string.Join(" & ", all.Parts.Select(Print))})",
        CandidateTree.Any any => $"({string.Join(" | ", any.Parts.Select(Print))})",
        _ => "everything",
    };
}
