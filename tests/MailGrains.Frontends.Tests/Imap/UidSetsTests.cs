using CsCheck;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Model;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

public sealed class UidSetsTests
{
    private static readonly Gen<UidSet> Sets = Gen.UInt[1, 40].Array[0, 25].Select(uids => UidSet.FromAscending(uids.Distinct().Order()));

    [Fact]
    public void Union_and_difference_are_those_of_sets() => Gen.Select(Sets, Sets).Sample((a, b) =>
    {
        Assert.Equal(a.Enumerate().Except(b.Enumerate()).Order(), UidSets.Except(a, b).Enumerate());
        Assert.Equal(a.Enumerate().Union(b.Enumerate()).Order(), UidSets.Union(a, b).Enumerate());
    });
}
