using CsCheck;
using MailGrains.Model;
using MailGrains.Storage.Columns;
using Xunit;

namespace MailGrains.Storage.Tests.Columns;

public sealed class UidSetCodecTests
{
    /// <summary>Version 1 as the first release wrote it.</summary>
    private const string Golden = "0101020400a502c4a0048fddfbff0f0056116bcb";

    private static readonly UidSet Sample = UidSet.FromRanges([(1, 3), (7, 7), (300, 70_000), (uint.MaxValue, uint.MaxValue)]);

    [Fact]
    public void Golden_set_is_written_and_read_as_ever()
    {
        Assert.Equal(Golden, Convert.ToHexStringLower(UidSetCodec.Encode(Sample)));
        Assert.Equal(Sample.ToString(), UidSetCodec.Decode(Convert.FromHexString(Golden)).ToString());
    }

    [Fact]
    public void Every_set_comes_back() => Gen.UInt.Array.Sample(uids =>
    {
        var set = UidSet.FromRanges(uids.Select(u => (u, u > uint.MaxValue - 10 ? u : u + (u % 10))));
        Assert.Equal(set.ToString(), UidSetCodec.Decode(UidSetCodec.Encode(set)).ToString());
    });

    [Fact]
    public void Damage_is_refused()
    {
        var bytes = UidSetCodec.Encode(Sample);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatCorruptException>(() => UidSetCodec.Decode(bytes.AsSpan(0, length)));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<FormatCorruptException>(() => UidSetCodec.Decode(damaged));
        }
    }
}
