using System.Buffers;
using System.Text;
using MailGrains.Protocol.Tests.Imap;
using MailGrains.Wire;
using Xunit;

namespace MailGrains.Protocol.Tests.Wire;

public sealed class LineFinderTests
{
    [Theory]
    [InlineData("abc\r\nd", 5)]
    [InlineData("\r\n", 2)]
    [InlineData("a\nb\rc\r\n", 7)]
    [InlineData("a\r\r\n", 4)]
    [InlineData("a\n\r\n", 4)]
    [InlineData("abc\n", -1)]
    [InlineData("abc\r", -1)]
    [InlineData("", -1)]
    public void Only_crlf_ends_a_line(string text, long end)
    {
        var octets = Encoding.ASCII.GetBytes(text);
        Assert.Equal(end, LineFinder.FindEnd(new ReadOnlySequence<byte>(octets), 0));
        Assert.Equal(end, LineFinder.FindEnd(Feed.Scattered(octets), 0));
    }
}
