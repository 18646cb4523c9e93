using System.Buffers;
using System.Text;
using MailGrains.Lmtp;
using Xunit;

namespace MailGrains.Protocol.Tests.Lmtp;

public sealed class LmtpLineTests
{
    [Fact]
    public void Every_prefix_is_incomplete_and_consumes_nothing()
    {
        var wire = "RCPT TO:<a@example.org>\r\n"u8.ToArray();
        for (var length = 0; length < wire.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(wire, 0, length);
            Assert.Equal(LmtpLineStatus.Incomplete, LmtpLine.TryRead(input, out _, out var next));
            Assert.Equal(input.Start, next);
        }

        var whole = new ReadOnlySequence<byte>(wire);
        Assert.Equal(LmtpLineStatus.Complete, LmtpLine.TryRead(whole, out var line, out var end));
        Assert.Equal("RCPT TO:<a@example.org>", Encoding.ASCII.GetString(line));
        Assert.Equal(whole.End, end);
    }

    [Theory]
    [InlineData("NOOP\nQUIT\r\n")]
    [InlineData("NOOP\rQUIT\r\n")]
    public void A_bare_CR_or_LF_does_not_end_a_line_and_is_refused(string wire)
    {
        Assert.Equal(LmtpLineStatus.Complete, LmtpLine.TryRead(Sequence(wire), out var line, out _));
        Assert.Equal(wire.Length - 2, line.Length);
        Assert.Null(LmtpParser.Parse(line.ToArray(), out var refusal));
        Assert.Equal(501, refusal!.Code);
    }

    [Fact]
    public void A_line_of_1000_octets_is_the_longest()
    {
        Assert.Equal(LmtpLineStatus.Complete, LmtpLine.TryRead(Sequence(new string('x', 998) + "\r\n"), out _, out _));
        Assert.Equal(LmtpLineStatus.TooLong, LmtpLine.TryRead(Sequence(new string('x', 999) + "\r\n"), out _, out _));
        Assert.Equal(LmtpLineStatus.Incomplete, LmtpLine.TryRead(Sequence(new string('x', 999)), out _, out _));
    }

    [Fact]
    public void The_rest_of_a_long_line_is_skipped_wherever_it_is_cut()
    {
        var wire = new string('x', 20) + "\r\nQUIT\r\n";
        for (var cut = 1; cut < wire.Length; cut++)
        {
            var first = Sequence(wire[..cut]);
            var done = LmtpLine.TrySkip(first, out var next);
            var rest = Encoding.ASCII.GetString(first.Slice(next)) + wire[cut..];
            if (!done)
            {
                var second = Sequence(rest);
                Assert.True(LmtpLine.TrySkip(second, out next));
                rest = Encoding.ASCII.GetString(second.Slice(next));
            }

            Assert.Equal("QUIT\r\n", rest);
        }
    }

    private static ReadOnlySequence<byte> Sequence(string text) => new(Encoding.ASCII.GetBytes(text));
}
