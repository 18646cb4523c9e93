using System.Buffers;
using System.Text;
using MailGrains.Frontends.Connections;
using Xunit;

namespace MailGrains.Frontends.Tests.Connections;

public sealed class ForeignProtocolTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", 5)]
    [InlineData("POST / HTTP/1.1\r\n", 6)]
    [InlineData("OPTIONS * HTTP/1.1\r\n", 9)]
    [InlineData("CONNECT mx:24 HTTP/1.1\r\n", 8)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 11)]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n", 9)]
    [InlineData("\u0016\u0003\u0001", 2)]
    public void Recognizes_a_foreign_opening_at_the_first_byte_that_tells(string opening, int bytes)
    {
        for (var length = 0; length < bytes; length++)
            Assert.Equal(ForeignProtocol.Verdict.Undecided, Judge(opening[..length]));
        for (var length = bytes; length <= opening.Length; length++)
            Assert.Equal(ForeignProtocol.Verdict.Foreign, Judge(opening[..length]));
    }

    [Theory]
    [InlineData("a1 LOGIN x y\r\n")]
    [InlineData("LHLO x\r\n")]
    [InlineData("QUIT\r\n")]
    [InlineData("RCPT")]
    [InlineData("P1 NOOP\r\n")]
    [InlineData("\r\na")]
    public void Leaves_mail_alone(string opening) => Assert.Equal(ForeignProtocol.Verdict.Ours, Judge(opening));

    private static ForeignProtocol.Verdict Judge(string text) => ForeignProtocol.Judge(new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text)));
}
