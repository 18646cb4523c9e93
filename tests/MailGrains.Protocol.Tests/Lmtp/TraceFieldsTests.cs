using System.Text;
using MailGrains.Lmtp;
using Xunit;

namespace MailGrains.Protocol.Tests.Lmtp;

public sealed class TraceFieldsTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("Received: a\r\n b\r\nRECEIVED : c\r\nX-Received: d\r\nSubject: Received: no\r\n\r\nReceived: body\r\n", 2)]
    [InlineData("Received: a\nReceived: b\n\nReceived: c", 2)]
    [InlineData("Received: a", 1)]
    [InlineData("\r\nReceived: a", 0)]
    public void Counts_the_fields_of_the_header_section(string message, int count)
    {
        Assert.Equal(count, TraceFields.CountReceived(Encoding.ASCII.GetBytes(message)));
    }
}
