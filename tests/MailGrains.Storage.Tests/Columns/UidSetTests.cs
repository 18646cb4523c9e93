using CsCheck;
using MailGrains.Model;
using Xunit;

namespace MailGrains.Storage.Tests.Columns;

public sealed class UidSetTests
{
    private static readonly UidSet Everything = UidSet.Between(1, uint.MaxValue);

    private static readonly Gen<UidSet> Sets = Gen.UInt[1, 40].Array[0, 25].Select(uids => UidSet.FromAscending(uids.Distinct().Order()));

    [Fact]
    public void Its_algebra_is_that_of_sets() => Gen.Select(Sets, Sets).Sample((a, b) =>
    {
        AssertIs(a.Enumerate().Union(b.Enumerate()), UidSet.Union(a, b));
        AssertIs(a.Enumerate().Intersect(b.Enumerate()), UidSet.Intersect(a, b));
        AssertIs(a.Enumerate().Except(b.Enumerate()), UidSet.Except(a, b));
    });

    [Fact]
    public void The_last_UID_there_can_be_is_no_edge()
    {
        Assert.True(UidSet.Except(Everything, Everything).IsEmpty);
        Assert.Equal("4294967295", UidSet.Except(Everything, UidSet.Between(1, uint.MaxValue - 1)).ToString());
        Assert.Equal(Everything.ToString(), UidSet.Union(Everything, UidSet.Between(uint.MaxValue, uint.MaxValue)).ToString());
        Assert.True(UidSet.Between(2, 1).IsEmpty);
    }

    /// <summary>The same members, in ranges that could not be fewer.</summary>
    private static void AssertIs(IEnumerable<uint> expected, UidSet actual) =>
        Assert.Equal(UidSet.FromAscending(expected.Order()).ToString(), actual.ToString());
}
