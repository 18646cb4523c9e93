using MailGrains.Grains.Contracts.Cases;

namespace MailGrains.Grains.Tests.Cases;

/// <summary>Which messages a search went through: those it could have found.</summary>
public sealed class CaseSearchTests
{
    [Theory]
    [InlineData(false, 2, 7, null, true)]
    [InlineData(false, 2, 70, 71L, true)]
    [InlineData(false, 2, 7, 9L, true)]
    [InlineData(false, 2, 71, null, false)]
    [InlineData(true, 2, 7, null, true)]
    [InlineData(true, 2, 7, 71L, true)]
    [InlineData(true, 2, 7, 70L, false)]
    [InlineData(true, 2, 71, null, false)]
    [InlineData(false, 1, 7, null, false)]
    [InlineData(false, 3, 814, null, true)]
    public void A_search_went_through_what_was_there(bool isAsOf, int custodian, long since, long? until, bool wentThrough)
    {
        var search = new CaseSearch
        {
            Query = "*",
            AsOf = isAsOf ? DateTimeOffset.UnixEpoch : null,
            Custodians = [2, 3],
            Sequences = [70, 814],
            Hits = 0,
            Partial = 0,
        };
        Assert.Equal(wentThrough, search.WentThrough(custodian, since, until));
    }
}
