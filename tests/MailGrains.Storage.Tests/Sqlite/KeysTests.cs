using MailGrains.Model;
using MailGrains.Storage.Sqlite;
using Xunit;

namespace MailGrains.Storage.Tests.Sqlite;

/// <summary>The row numbers of stores that exist: they must never be packed in another way.</summary>
public sealed class KeysTests
{
    [Fact]
    public void Rows_are_numbered_as_ever()
    {
        Assert.Equal(0x0000_0300_0000_0005, Keys.Email(3, new EmailId(5)));
        Assert.Equal(0x0000_0000_0600_0007, Keys.Page(3, 7));
        Assert.Equal(0x0003_0000_0000_0009, Keys.Event(3, 9));
    }

    [Fact]
    public void The_widest_values_keep_apart()
    {
        var (mailbox, email) = ((1L << 23) - 1, new EmailId((1L << 40) - 1));
        Assert.Equal(long.MaxValue, Keys.Email(mailbox, email));
        Assert.Equal(email, Keys.EmailOf(Keys.Email(mailbox, email)));
        Assert.True(Keys.Page(3, Keys.LastPage) < Keys.Page(4, 0));
        var last = Keys.Event(Keys.MaxPartitions - 1, (1L << 48) - 1);
        Assert.Equal((Keys.MaxPartitions - 1, (1L << 48) - 1), (Keys.PartitionOf(last), Keys.PositionOf(last)));
    }

    [Fact]
    public void What_has_no_room_is_refused_and_not_packed_into_a_neighbour()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Email(1, new EmailId(1L << 40)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Email(1L << 23, new EmailId(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Email(1, new EmailId(0)));
    }
}
