using CsCheck;
using MailGrains.Mime;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Model.Search;
using MailGrains.Search;
using Xunit;

namespace MailGrains.Frontends.Tests.Search;

/// <summary>A search is asked in stages; what a stage answers must be what the whole message would have answered.</summary>
public sealed class SearchPlanTests
{
    private static readonly byte[] Blob =
        "From: Alice <alice@example.org>\r\nSubject: Apples\r\nDate: Thu, 1 Feb 2024 03:04:05 +0000\r\nX-Odd: thing\r\n\r\nred and green\r\n"u8.ToArray();

    private static readonly MessageRow Row = new(
        new MessagePage
        {
            Number = 0,
            Uids = [7],
            Flags = [MessageFlags.Seen],
            ModSeqs = [5],
            InternalDates = [1_706_756_645],
            SaveDates = [1_706_756_645],
            Sizes = [(uint)Blob.Length],
            EmailIds = [1],
        },
        0,
        3);

    private static readonly SearchContext Context = new()
    {
        Keywords = KeywordTable.Empty,
        Recent = UidSet.Empty,
        Exists = 3,
        LargestUid = 7,
        Saved = UidSet.Empty,
        Now = DateTimeOffset.FromUnixTimeSeconds(1_706_760_000),
        EmailOf = _ => null,
    };

    private static readonly SearchKey[] Keys =
    [
        new SearchKey.All(),
        new SearchKey.Flag(@"\Seen"),
        new SearchKey.Flag("$Never"),
        new SearchKey.Larger(10),
        new SearchKey.Smaller(10),
        new SearchKey.Date(SearchDate.Internal, DateRelation.On, new DateOnly(2024, 2, 1)),
        new SearchKey.Date(SearchDate.Sent, DateRelation.Before, new DateOnly(2024, 2, 1)),
        new SearchKey.Within(Older: false, 3600),
        new SearchKey.Header("Subject", "apple"),
        new SearchKey.Header("X-Odd", "thing"),
        new SearchKey.Header("X-Odd", "none"),
        new SearchKey.Body("green"),
        new SearchKey.Body("blue"),
        new SearchKey.Text("alice"),
        new SearchKey.Numbers(new NumberSet([new NumberRange(2, NumberRange.Star)]), ByUid: false),
    ];

    private static readonly Gen<SearchKey> Leaves = Gen.Int[0, Keys.Length - 1].Select(i => Keys[i]);

    private static readonly Gen<SearchKey> Trees = Gen.Recursive<SearchKey>((depth, inner) => depth > 4
        ? Leaves
        : Gen.OneOf(
            Leaves,
            inner.Select(k => (SearchKey)new SearchKey.Not(k)),
            Gen.Select(inner, inner, (a, b) => (SearchKey)new SearchKey.Or(a, b)),
            inner.Array[0, 4].Select(keys => (SearchKey)new SearchKey.And([.. keys]))));

    [Fact]
    public void No_stage_contradicts_the_whole_message() => Trees.Sample(key =>
    {
        var plan = SearchPlan.Make(key, Context);
        var summary = SummaryBuilder.Build(Blob);
        var whole = plan.Ask(new SearchCandidate(Row, default, summary, Blob));
        var part = plan.Ask(new SearchCandidate(Row, default, summary));
        var row = plan.Ask(new SearchCandidate(Row));
        Assert.NotEqual(Verdict.Unknown, whole);
        Assert.Equal(Expected(key) ? Verdict.Yes : Verdict.No, whole);
        Assert.True(part == Verdict.Unknown || part == whole);
        Assert.True(row == Verdict.Unknown || row == whole);
        if (plan.Cost == SearchCost.Row) Assert.Equal(whole, row);
    });

    /// <summary>A slice is asked at once, a row alone: the answers are the same, wherever in its page a slice lies.</summary>
    [Fact]
    public void A_slice_answers_as_each_of_its_rows_does()
    {
        var sizes = Enumerable.Range(0, MessagePage.Span).Select(i => (uint)(i % 7 == 0 ? Blob.Length : 5)).ToArray();
        var page = new MessagePage
        {
            Number = 0,
            Uids = [.. Enumerable.Range(0, MessagePage.Span).Select(i => (uint)i)],
            Flags = [.. Enumerable.Range(0, MessagePage.Span).Select(i => i % 3 == 0 ? MessageFlags.Seen : MessageFlags.Draft)],
            ModSeqs = new long[MessagePage.Span],
            InternalDates = [.. Enumerable.Range(0, MessagePage.Span).Select(i => 1_706_756_645L + (i % 5 * 86_400))],
            SaveDates = new uint[MessagePage.Span],
            Sizes = sizes,
            EmailIds = new long[MessagePage.Span],
        };
        Gen.Select(Trees, Gen.Int[0, MessagePage.Span - 1], Gen.Int[1, MessagePage.Span]).Sample((key, start, length) =>
        {
            var plan = SearchPlan.Make(key, Context);
            var slice = new MessageSlice(page, start, Math.Min(length, page.Count - start), 1);
            var answer = plan.Ask(slice);
            for (var place = 0; place < slice.Count; place++)
            {
                var at = RowSet.At(place);
                var told = !answer.Certain.Intersect(at).IsEmpty ? Verdict.Yes : answer.Open.Intersect(at).IsEmpty ? Verdict.No : Verdict.Unknown;
                Assert.Equal(plan.Ask(new SearchCandidate(slice[place])), told);
            }

            Assert.True(answer.Possible.Without(RowSet.Leading(slice.Count)).IsEmpty);
        });
    }

    [Fact]
    public void Places_are_enumerated_in_ascending_order() => Gen.Int[0, MessagePage.Span - 1].Array[0, 40].Sample(places =>
    {
        var set = places.Aggregate(RowSet.Empty, (rows, place) => rows.Union(RowSet.At(place)));
        var listed = new List<int>();
        foreach (var place in set) listed.Add(place);
        Assert.Equal(places.Distinct().Order(), listed);
        Assert.Equal(listed.Count, set.Count);
        if (listed.Count > 0) Assert.Equal((listed[0], listed[^1]), (set.First, set.Last));
    });

    /// <summary>The same tree by the plainest of rules.</summary>
    private static bool Expected(SearchKey key) => key switch
    {
        SearchKey.And and => and.Keys.All(Expected),
        SearchKey.Or or => Expected(or.Left) || Expected(or.Right),
        SearchKey.Not not => !Expected(not.Key),
        SearchKey.Flag flag => flag.Name == @"\Seen",
        SearchKey.Smaller => false,
        SearchKey.Date date => date.Of == SearchDate.Internal,
        SearchKey.Header header => header.Value != "none",
        SearchKey.Body body => body.Value == "green",
        _ => true,
    };
}
