using CsCheck;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Columns;
using Xunit;

namespace MailGrains.Storage.Tests.Columns;

public sealed class PageCodecTests
{
    /// <summary>Version 1 as the first release wrote it: these bytes must be readable for ever.</summary>
    private const string Golden =
        "0103000000410000000000008001000000000000800401000000000000000000000000000000000000000000000000000000" +
        "0000000000000000000000000000000000000080050000000000000000000000000000000001000203050000000000000003" +
        "6b11010000000100000200006b1101ffffffffffffffff080000000000000000010000000000000081e14e680000000082e1" +
        "4e68000000000000000000000080803bb16a00000000000000000000000000040000000001000000ff00000000010000ffff" +
        "ffff0c00000000000000050000000000010000000002000000000300000000f4ffffff7f8abd7f3e";

    private static readonly MessagePage Sample = new()
    {
        Number = 3,
        Uids = [384, 390, 447, 448, 511],
        Flags = [MessageFlags.Seen, MessageFlags.None, MessageFlags.Seen, MessageFlags.Keyword(122), MessageFlags.Seen | MessageFlags.Flagged],
        ModSeqs = [70_000, 5, 6, 7, 70_000],
        InternalDates = [-1, 0, 1_750_000_000, 1_750_000_001, long.MaxValue],
        SaveDates = [1_790_000_000, 1_790_000_000, 1_790_000_000, 1_790_000_000, 1_790_000_000],
        Sizes = [0, 1, 255, 256, uint.MaxValue],
        EmailIds = [12, 13, 14, 15, 1L << 39],
    };

    private static readonly Gen<MessagePage> AnyPage =
        from number in Gen.OneOf(Gen.Int[0, 100_000], Gen.Const((int)(uint.MaxValue / MessagePage.Span)))
        from offsets in Gen.UInt[0, 127].HashSet[0, 128]
        from flags in Gen.OneOf(Gen.ULong, Gen.ULong[0, 3]).Select(Gen.ULong[0, 1]).Array[128]
        from longs in Gen.OneOf(Gen.Long, Gen.Long[0, 300], Gen.Long[1_700_000_000, 1_800_000_000]).Array[128 * 3]
        from uints in Gen.OneOf(Gen.UInt, Gen.UInt[0, 70_000]).Array[128 * 2]
        let count = offsets.Count
        select new MessagePage
        {
            Number = number,
            Uids = [.. offsets.Order().Select(o => ((uint)number * MessagePage.Span) + o)],
            Flags = [.. flags.Take(count).Select(f => new MessageFlags(f.Item1, f.Item2))],
            ModSeqs = longs[..count],
            InternalDates = longs[128..(128 + count)],
            EmailIds = longs[256..(256 + count)],
            SaveDates = uints[..count],
            Sizes = uints[128..(128 + count)],
        };

    [Fact]
    public void Golden_page_is_written_and_read_as_ever()
    {
        Assert.Equal(Golden, Convert.ToHexStringLower(PageCodec.Encode(Sample)));
        AssertSame(Sample, PageCodec.Decode(Convert.FromHexString(Golden)));
    }

    [Fact]
    public void Every_page_comes_back() => AnyPage.Sample(page => AssertSame(page, PageCodec.Decode(PageCodec.Encode(page))));

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = PageCodec.Encode(Sample);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatCorruptException>(() => PageCodec.Decode(bytes.AsSpan(0, length)));
        Assert.Throws<FormatCorruptException>(() => PageCodec.Decode([.. bytes, 0]));
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        var bytes = PageCodec.Encode(Sample);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<FormatCorruptException>(() => PageCodec.Decode(damaged));
        }
    }

    [Fact]
    public void Arbitrary_bytes_with_a_good_checksum_are_refused_or_a_page() => Gen.Byte.Array[0, 400].Sample(bytes =>
    {
        byte[] sealedBytes = [PageCodec.Version, .. bytes, 0, 0, 0, 0];
        var body = sealedBytes.AsSpan(0, sealedBytes.Length - 4);
        BitConverter.TryWriteBytes(sealedBytes.AsSpan(sealedBytes.Length - 4), System.IO.Hashing.XxHash32.HashToUInt32(body));
        try
        {
            PageCodec.Decode(sealedBytes);
        }
        catch (FormatCorruptException)
        {
        }
    });

    [Fact]
    public void An_ordinary_full_page_takes_less_than_2_KB()
    {
        var uids = Enumerable.Range(1280, 128).Select(i => (uint)i).ToArray();
        var random = new Random(1);
        var page = new MessagePage
        {
            Number = 10,
            Uids = uids,
            Flags = [.. uids.Select(_ => random.Next(3) == 0 ? MessageFlags.None : MessageFlags.Seen)],
            ModSeqs = [.. uids.Select(u => (long)u * 3)],
            InternalDates = [.. uids.Select(u => 1_780_000_000L + (u * 40_000))],
            SaveDates = [.. uids.Select(u => 1_780_000_000 + (u * 40_000))],
            Sizes = [.. uids.Select(_ => (uint)random.Next(2_000, 8_000_000))],
            EmailIds = [.. uids.Select(u => (long)u * 2)],
        };
        Assert.InRange(PageCodec.Encode(page).Length, 0, 2048);
    }

    [Fact]
    public void A_uid_outside_its_page_is_refused() => Assert.Throws<ArgumentException>(() => PageCodec.Encode(new MessagePage
    {
        Number = 1,
        Uids = [127],
        Flags = [default],
        ModSeqs = [1],
        InternalDates = [1],
        SaveDates = [1],
        Sizes = [1],
        EmailIds = [1],
    }));

    private static void AssertSame(MessagePage expected, MessagePage actual)
    {
        Assert.Equal(expected.Number, actual.Number);
        Assert.Equal(expected.Uids, actual.Uids);
        Assert.Equal(expected.Flags, actual.Flags);
        Assert.Equal(expected.ModSeqs, actual.ModSeqs);
        Assert.Equal(expected.InternalDates, actual.InternalDates);
        Assert.Equal(expected.SaveDates, actual.SaveDates);
        Assert.Equal(expected.Sizes, actual.Sizes);
        Assert.Equal(expected.EmailIds, actual.EmailIds);
    }
}
