using MailGrains.Model;
using MailGrains.Verify.Receipts;
using Xunit;

namespace MailGrains.Evidence.Tests.Receipts;

/// <summary>The golden receipt, and everything that is near it and none. The verifier's reader answers the same.</summary>
public sealed class ReceiptTests
{
    /// <summary>Of the event that docs/events.md computes the hash of.</summary>
    private const string Golden = "r1.AZGgsAAAcACAAAAAAAAAAQ.1.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg4";

    private static readonly Receipt Event = new(
        new AccountId(new Guid("0191a0b0-0000-7000-8000-000000000001")),
        1,
        BlobId.Read(Convert.FromHexString("cc045dd6ed46f459c06d4c5cb5ab07ebff1b0a47930e588ec88dd446a5337a0e")));

    [Fact]
    public void The_golden_receipt()
    {
        Assert.Equal(Golden, Event.ToString());
        Assert.True(Receipt.TryParse(Golden, out var read));
        Assert.Equal(Event, read);
        var longest = Event with { Sequence = long.MaxValue };
        Assert.True(Receipt.TryParse(longest.ToString(), out read));
        Assert.Equal(longest, read);
        Assert.Equal(Receipt.MaxLength, longest.ToString().Length);
        Assert.Equal(Event.Account.Value, ReceiptText.TryParse(Golden)!.Account);
    }

    [Fact]
    public void Parts_of_it_are_none()
    {
        for (var end = 0; end < Golden.Length; end++) Refuse(Golden[..end]);
        for (var start = 1; start < Golden.Length; start++) Refuse(Golden[start..]);
    }

    [Theory]
    [InlineData("r1.AZGgsAAAcACAAAAAAAAAAQ.0.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg4")]
    [InlineData("r1.AZGgsAAAcACAAAAAAAAAAQ.01.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg4")]
    [InlineData("r1.AZGgsAAAcACAAAAAAAAAAQ.-1.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg4")]
    [InlineData("r1.AZGgsAAAcACAAAAAAAAAAQ.9999999999999999999.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg4")]
    [InlineData("r1.AZGgsAAAcACAAAAAAAAAAR.1.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg4")]
    [InlineData("r1.AZGgsAAAcACAAAAAAAAAAQ.1.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg5")]
    [InlineData("r1.AZGgsAAAcACAAAAAAAAAAQ.1.zARd1u1G9FnAbUxctasH6/8bCkeTDliOyI3URqUzeg4")]
    [InlineData("r2.AZGgsAAAcACAAAAAAAAAAQ.1.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg4")]
    [InlineData("r1.AZGgsAAAcACAAAAAAAAAAQ.1.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg4.")]
    [InlineData("r1.AZGgsAAAcACAAAAA AAAAQ.1.zARd1u1G9FnAbUxctasH6_8bCkeTDliOyI3URqUzeg4")]
    public void What_is_near_it_is_none(string text) => Refuse(text);

    private static void Refuse(string text)
    {
        Assert.False(Receipt.TryParse(text, out _));
        Assert.Null(ReceiptText.TryParse(text));
    }
}
