using System.Text;
using CsCheck;
using MailGrains.Lmtp;
using Xunit;

namespace MailGrains.Protocol.Tests.Lmtp;

public sealed class DotUnstufferTests
{
    [Theory]
    [InlineData(".\r\n", "")]
    [InlineData("a\r\n.\r\n", "a\r\n")]
    [InlineData("..a\r\n.\r\n", ".a\r\n")]
    [InlineData("a\r\n..\r\n.\r\n", "a\r\n.\r\n")]
    [InlineData("a\r\n.b\r\n...\r\n.\r\n", "a\r\nb\r\n..\r\n")]
    [InlineData("\r\n\r\n.\r\n", "\r\n\r\n")]
    [InlineData("a.\r\n.\r\n", "a.\r\n")]
    [InlineData("a\0b\r\n.\r\n", "a\0b\r\n")]
    public void Decodes_what_a_client_stuffed(string wire, string message)
    {
        Assert.Equal((message, wire.Length), Decode(wire));
    }

    public static TheoryData<string> FakeEnds => ["\n.\n", "\n.\r", "\r.\n", "\r.\r", "\n.\r\n", "\r.\r\n", "\r\n.\n", "\r\n.\r\r\n", "\r\n\0.\r\n"];

    [Theory]
    [MemberData(nameof(FakeEnds))]
    public void Only_CRLF_dot_CRLF_ends_a_message(string fake)
    {
        var wire = $"Subject: x\r\n\r\nbody{fake}MAIL FROM:<evil@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\nx\r\n.\r\n";

        var (message, taken) = Decode(wire);

        Assert.Equal(wire.Length, taken);
        Assert.Contains("MAIL FROM:<evil@example.org>\r\n", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FakeEnds))]
    public void Fake_ends_stay_in_the_message_byte_for_byte(string fake)
    {
        var wire = $"body{fake}more\r\n.\r\n";

        // A dot at the start of a line that goes on is stuffing, whoever put it there.
        var kept = $"body{fake}more\r\n".Replace("\r\n.", "\r\n", StringComparison.Ordinal);
        Assert.Equal(kept, Decode(wire).Message);
    }

    [Fact]
    public void What_follows_the_end_is_left_alone()
    {
        var (message, taken) = Decode("a\r\n.\r\nQUIT\r\n");

        Assert.Equal("a\r\n", message);
        Assert.Equal("a\r\n.\r\n".Length, taken);
    }

    [Fact]
    public void Any_message_survives_stuffing_and_any_fragmentation()
    {
        var octets = Gen.OneOf(Gen.Const('\r'), Gen.Const('\n'), Gen.Const('.'), Gen.Const('a'), Gen.Const('\0')).Array[0, 40];
        Gen.Select(octets, Gen.Int[1, 7]).Sample((message, piece) =>
        {
            var text = new string(message) + "\r\n";
            Assert.Equal(text, Decode(Stuff(text), piece).Message);
        });
    }

    private static string Stuff(string message) =>
        (message.StartsWith('.') ? "." : "") + message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal) + ".\r\n";

    /// <summary>Decodes in one piece, in pieces of every length, and byte by byte; all must agree.</summary>
    private static (string Message, int Taken) Decode(string wire)
    {
        var whole = Decode(wire, wire.Length);
        for (var piece = 1; piece < wire.Length; piece++)
            Assert.Equal(whole, Decode(wire, piece));
        return whole;
    }

    private static (string Message, int Taken) Decode(string wire, int piece)
    {
        var unstuffer = default(DotUnstuffer);
        var sink = new ByteSink();
        var bytes = Encoding.Latin1.GetBytes(wire);
        var taken = 0;
        while (taken < bytes.Length && !unstuffer.IsFinished)
            taken += unstuffer.Feed(bytes.AsSpan(taken, Math.Min(piece, bytes.Length - taken)), sink);
        return (sink.Text, taken);
    }
}
