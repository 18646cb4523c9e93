using System.Text;
using MailGrains.Lmtp;
using MailGrains.Lmtp.Commands;
using Xunit;

namespace MailGrains.Protocol.Tests.Lmtp;

public sealed class LmtpParserTests
{
    public static TheoryData<string, LmtpCommand> Commands => new()
    {
        { "LHLO mx.example.org", new LhloCommand("mx.example.org") },
        { "lhlo [127.0.0.1]", new LhloCommand("[127.0.0.1]") },
        { "MAIL FROM:<>", new MailCommand(MailPath.Null, null, BodyType.SevenBit, false) },
        { "mail from: <a@b> ", new MailCommand(new MailPath("a", "b"), null, BodyType.SevenBit, false) },
        { "MAIL FROM:<a@b> SIZE=123 BODY=8BITMIME SMTPUTF8", new MailCommand(new MailPath("a", "b"), 123, BodyType.EightBitMime, true) },
        { "MAIL FROM:<a@b> SIZE=18446744073709551615", new MailCommand(new MailPath("a", "b"), long.MaxValue, BodyType.SevenBit, false) },
        { "MAIL FROM:<jürgen@käse.example> SMTPUTF8", new MailCommand(new MailPath("jürgen", "käse.example"), null, BodyType.SevenBit, true) },
        { "RCPT TO:<Alice+Lists@Example.ORG>", new RcptCommand(new MailPath("Alice+Lists", "Example.ORG")) },
        { "RCPT TO:<\"a \\\"b\\\\\"@example.org>", new RcptCommand(new MailPath("a \"b\\", "example.org")) },
        { "RCPT TO:<@one.example,@two.example:a@example.org>", new RcptCommand(new MailPath("a", "example.org")) },
        { "RCPT TO:<a@[IPv6:::1]>", new RcptCommand(new MailPath("a", "[IPv6:::1]")) },
        { "RCPT TO:<postMaster>", new RcptCommand(new MailPath("postMaster", "")) },
        { "BDAT 12", new BdatCommand(12, false) },
        { "BDAT 0 LAST", new BdatCommand(0, true) },
        { "bdat 7 last", new BdatCommand(7, true) },
        { "DATA", new DataCommand() },
        { "RSET", new RsetCommand() },
        { "noop whatever", new NoopCommand() },
        { "QUIT", new QuitCommand() },
        { "VRFY alice", new VrfyCommand() },
        { "HELP me", new HelpCommand() },
        { "STARTTLS", new StartTlsCommand() },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Parses(string line, LmtpCommand expected)
    {
        Assert.Equal(expected, LmtpParser.Parse(Encoding.UTF8.GetBytes(line), out var refusal));
        Assert.Null(refusal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void No_prefix_of_a_command_throws(string line, LmtpCommand expected)
    {
        Assert.NotNull(expected);
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var length = 0; length < bytes.Length; length++)
        {
            var command = LmtpParser.Parse(bytes.AsSpan(0, length), out var refusal);
            Assert.True(command is null == refusal is not null);
        }
    }

    [Theory]
    [InlineData("", 500)]
    [InlineData("EHLO x", 500)]
    [InlineData("HELO x", 500)]
    [InlineData("FOO", 500)]
    [InlineData("LHLO", 501)]
    [InlineData("LHLO a b", 501)]
    [InlineData("LHLO <x>", 501)]
    [InlineData("DATA now", 501)]
    [InlineData("RSET x", 501)]
    [InlineData("QUIT x", 501)]
    [InlineData("VRFY", 501)]
    [InlineData("MAIL", 501)]
    [InlineData("MAIL FROM:a@b", 501)]
    [InlineData("MAIL FROM:<a@b", 501)]
    [InlineData("MAIL FROM:<a@b>SIZE=1", 501)]
    [InlineData("MAIL FROM:<a@b> SIZE=", 501)]
    [InlineData("MAIL FROM:<a@b> SIZE=-1", 501)]
    [InlineData("MAIL FROM:<a@b> SIZE=1 SIZE=1", 501)]
    [InlineData("MAIL FROM:<a@b> SIZE=18446744073709551616", 501)]
    [InlineData("MAIL FROM:<a@b> SIZE=123456789012345678901", 501)]
    [InlineData("MAIL FROM:<a@b> SMTPUTF8 SMTPUTF8", 501)]
    [InlineData("MAIL FROM:<a@b> =1", 501)]
    [InlineData("MAIL FROM:<a@b> BODY=BINARYMIME", 555)]
    [InlineData("MAIL FROM:<a@b> FOO=BAR", 555)]
    [InlineData("MAIL FROM:<jürgen@example.org>", 553)]
    [InlineData("RCPT TO:<>", 501)]
    [InlineData("RCPT TO:<a>", 501)]
    [InlineData("RCPT TO:<a@>", 501)]
    [InlineData("RCPT TO:<@b>", 501)]
    [InlineData("RCPT TO:<a@b@c>", 501)]
    [InlineData("RCPT TO:<a..b@c>", 501)]
    [InlineData("RCPT TO:<.a@c>", 501)]
    [InlineData("RCPT TO:<a.@c>", 501)]
    [InlineData("RCPT TO:<a b@c>", 501)]
    [InlineData("RCPT TO:<\"\"@c>", 501)]
    [InlineData("RCPT TO:<\"a@c>", 501)]
    [InlineData("RCPT TO:<\"a\\", 501)]
    [InlineData("RCPT TO:<a@b..c>", 501)]
    [InlineData("RCPT TO:<a@-b>", 501)]
    [InlineData("RCPT TO:<a@[]>", 501)]
    [InlineData("RCPT TO:<a@[1.2.3.4>", 501)]
    [InlineData("RCPT TO:<a\0b@c>", 501)]
    [InlineData("RCPT TO:<\"a\rb\"@c>", 501)]
    [InlineData("RCPT TO:<\"a\nb\"@c>", 501)]
    [InlineData("RCPT TO:<\"a\u0085b\"@c>", 501)]
    [InlineData("RCPT TO:<a@c> NOTIFY=NEVER", 555)]
    [InlineData("BDAT", 501)]
    [InlineData("BDAT 0", 501)]
    [InlineData("BDAT -1 LAST", 501)]
    [InlineData("BDAT 18446744073709551616", 501)]
    [InlineData("BDAT 9223372036854775808", 501)]
    [InlineData("BDAT 5 FIRST", 501)]
    [InlineData("BDAT 5x LAST", 501)]
    public void Refuses(string line, int code)
    {
        Assert.Null(LmtpParser.Parse(Encoding.UTF8.GetBytes(line), out var refusal));
        Assert.Equal(code, refusal!.Code);
    }

    [Fact]
    public void Refuses_broken_UTF8_and_endless_parts()
    {
        AssertRefused([.. "RCPT TO:<a"u8, 0xC3, .. "@b>"u8]);
        AssertRefused(Encoding.ASCII.GetBytes($"RCPT TO:<{new string('a', 257)}@b>"));
        AssertRefused(Encoding.ASCII.GetBytes($"RCPT TO:<\"{new string('a', 257)}\"@b>"));
        AssertRefused(Encoding.ASCII.GetBytes($"RCPT TO:<a@{new string('b', 256)}>"));
    }

    [Theory]
    [InlineData("a@b")]
    [InlineData("\"a b\"@c")]
    [InlineData("\"a\\\"b\\\\\"@c")]
    [InlineData("\".a\"@c")]
    [InlineData("ünï@cödé")]
    [InlineData("postmaster")]
    [InlineData("a@[127.0.0.1]")]
    public void An_address_prints_as_it_was_parsed(string address)
    {
        var command = (RcptCommand)LmtpParser.Parse(Encoding.UTF8.GetBytes($"RCPT TO:<{address}>"), out _)!;
        Assert.Equal($"<{address}>", command.Recipient.ToString());
    }

    [Fact]
    public void A_reply_cannot_be_split_by_what_it_quotes()
    {
        var reply = new LmtpReply(550, "5.1.1", "no such user a\r\n250 ok");
        Assert.Equal("550 5.1.1 no such user a??250 ok\r\n", Encoding.ASCII.GetString(reply.Bytes.Span));
    }

    private static void AssertRefused(byte[] line)
    {
        Assert.Null(LmtpParser.Parse(line, out var refusal));
        Assert.Equal(501, refusal!.Code);
    }
}
