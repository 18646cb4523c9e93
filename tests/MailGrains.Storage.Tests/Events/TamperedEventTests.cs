using MailGrains.Model;
using MailGrains.Storage.Events;
using Xunit;

namespace MailGrains.Storage.Tests.Events;

/// <summary>Values that no event was given and that the owner of a database put into its row all the same: they are read, and known not to be the event's.</summary>
public sealed class TamperedEventTests
{
    private static readonly AccountId Account = new(new Guid("0191a0b0-0000-7000-8000-000000000001"));
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.Zero).AddMicroseconds(123456);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_hash_of_another_length_is_none(int length)
    {
        Assert.Equal(default, BlobId.ReadStored(new byte[length].Select(_ => (byte)7).ToArray()));
        Assert.NotEqual(default, BlobId.ReadStored(BlobId.Of([]).ToArray()));
    }

    /// <summary>Those far outside would overflow, and some of them come back as the time that was changed.</summary>
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(1772368215123456 + long.MinValue)]
    public void A_time_outside_all_times_is_another_time(long microseconds)
    {
        Assert.NotEqual(At, EventHash.TimeOf(microseconds));
        Assert.Equal(At, EventHash.TimeOf(EventHash.Microseconds(At)));
    }

    [Fact]
    public void An_event_has_the_hash_of_what_it_covers()
    {
        var hash = EventHash.Compute(default, Account, 1, At, "Login", "{}"u8);
        var written = new EventWrite(1, "Login", At, default, hash, "{}"u8.ToArray());
        Assert.True(EventHash.IsThatOf(new EventRecord(0, 1, Account, written)));
        Assert.False(EventHash.IsThatOf(new EventRecord(0, 1, Account, written with { Type = new string('x', 65) })));
        Assert.False(EventHash.IsThatOf(new EventRecord(0, 1, Account, written with { Sequence = 2 })));
    }

    [Fact]
    public void Ends_are_told_by_partition_whatever_rows_there_are() =>
        Assert.Equal([0L, 7, 0], EventPartition.Ends(3, [(9, 1), (1, 7), (-1, 5)]));
}
