using MailGrains.Imap;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

public sealed class ImapCommandReaderTests
{
    public static TheoryData<string, string[]> Inputs => new()
    {
        { "a NOOP\r\nb NOOP\r\n", ["Command: a NOOP\r\n", "Command: b NOOP\r\n"] },
        { "a LOGIN {5}\r\nalice {6}\r\nsecret\r\n", ["+5", "+6", "Command: a LOGIN {5}\r\nalice {6}\r\nsecret\r\n"] },
        { "a LOGIN {5+}\r\nalice {6+}\r\nsecret\r\nb NOOP\r\n", ["Command: a LOGIN {5+}\r\nalice {6+}\r\nsecret\r\n", "Command: b NOOP\r\n"] },
        { "a LOGIN {8+}\r\nx\r\ny {9 {0+}\r\n\r\n", ["Command: a LOGIN {8+}\r\nx\r\ny {9 {0+}\r\n\r\n"] },
        { "a NOOP\nb NOOP\r\n", ["Command: a NOOP\nb NOOP\r\n"] },
        { "\r\n", ["Command: \r\n"] },
        { "a LOGIN {400000000}\r\nb NOOP\r\n", ["a NO [TOOBIG]", "Command: b NOOP\r\n"] },
        { "a LOGIN {2000000+}\r\nb NOOP\r\n", ["a NO [TOOBIG] BYE"] },
        { "a LOGIN {9999999999+}\r\nb NOOP\r\n", ["a BAD BYE"] },
        { "a APPEND x {5}\r\n", ["Append: a APPEND x {5}\r\n"] },
        { "a append {1}\r\nx (\\Seen) {5+}\r\n", ["+1", "Append: a append {1}\r\nx (\\Seen) {5+}\r\n"] },
        { "a APPEND {1+}\r\nx ~{5}\r\n", ["Append: a APPEND {1+}\r\nx ~{5}\r\n"] },
        { "a APPENDIX {5+}\r\nhello\r\n", ["Command: a APPENDIX {5+}\r\nhello\r\n"] },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Octets_become_commands_however_they_arrive(string input, string[] expected)
    {
        Assert.Equal(expected, Feed.Whole(Feed.Octets(input)));
        Assert.Equal(expected, Feed.Dripped(Feed.Octets(input)));
        Assert.Equal(expected, Feed.Segmented(Feed.Octets(input)));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Every_prefix_gives_a_prefix_of_the_outcomes(string input, string[] expected)
    {
        var octets = Feed.Octets(input);
        for (var length = 0; length <= octets.Length; length++)
        {
            var seen = Feed.Whole(octets[..length]);
            Assert.Equal(expected.Take(seen.Count), seen);
        }
    }

    [Fact]
    public void Scattered_segments_read_like_one()
    {
        var reader = new ImapCommandReader();
        var input = Feed.Scattered(Feed.Octets("a LOGIN {3+}\r\nx\r\n y\r\nrest"));
        var result = reader.Read(input, Feed.Limits);
        Assert.Equal(ImapReadStatus.Command, result.Status);
        Assert.Equal("a LOGIN {3+}\r\nx\r\n y\r\n".Length, result.Bytes.Length);
        var command = Assert.IsType<MailGrains.Imap.Commands.LoginCommand>(ImapCommandParser.Parse(result.Bytes, default).Command);
        Assert.Equal(("x\r\n", "y"), (command.UserName, command.Password));
    }

    [Fact]
    public void Line_is_refused_as_soon_as_it_is_too_long()
    {
        var line = Feed.Octets("a SEARCH TEXT " + new string('x', 64 * 1024));
        Assert.Equal(["a BAD [TOOBIG] BYE"], Feed.Whole(line));
        Assert.Equal(["a BAD [TOOBIG] BYE"], Feed.Dripped(line));
        Assert.Equal(["* BAD [TOOBIG] BYE"], Feed.Whole(Feed.Octets(new string('t', 64 * 1024 + 1))));
        Assert.Equal(["* BAD [TOOBIG] BYE"], Feed.Whole(new byte[100_000]));
    }

    [Fact]
    public void Pieces_of_a_line_between_literals_count_together()
    {
        var pieces = "a X" + string.Concat(Enumerable.Repeat(" {0+}\r\n", 20_000));
        Assert.Equal(["a BAD [TOOBIG] BYE"], Feed.Whole(Feed.Octets(pieces)));
    }

    [Theory]
    [InlineData("a LOGIN {4097+}\r\n", "a NO [TOOBIG] BYE")]
    [InlineData("a LOGIN {4097}\r\n", "a NO [TOOBIG]")]
    [InlineData("a APPEND x {310}\r\n", "+310")]
    public void Before_login_literals_are_small(string input, string expected) =>
        Assert.Equal([expected], Feed.Whole(Feed.Octets(input), ImapLimits.BeforeLogin));

    [Fact]
    public void Literals_count_together()
    {
        var input = "a LOGIN" + string.Concat(Enumerable.Repeat(" {1000+}\r\n" + new string('x', 1000), 10_000));
        Assert.Equal(["a NO [TOOBIG] BYE"], Feed.Whole(Feed.Octets(input), ImapLimits.BeforeLogin));
        Assert.Equal(["a NO [TOOBIG] BYE"], Feed.Whole(Feed.Octets(input)));
    }

    [Fact]
    public void Literal_minus_limits_what_comes_unasked_but_not_what_is_asked_for()
    {
        var limits = Feed.Limits with { MaxNonSynchronizingLiteral = ImapLimits.LiteralMinus };
        Assert.Equal(["a NO [TOOBIG] BYE"], Feed.Whole(Feed.Octets("a SEARCH TEXT {4097+}\r\n"), limits));
        Assert.Equal(["+4097"], Feed.Whole(Feed.Octets("a SEARCH TEXT {4097}\r\n"), limits));
    }

    [Fact]
    public void Continuation_is_given_once_however_slowly_the_literal_comes()
    {
        var outcomes = Feed.Dripped(Feed.Octets("a LOGIN {100}\r\n" + new string('u', 100) + " {100}\r\n" + new string('p', 100) + "\r\n"));
        Assert.Equal(2, outcomes.Count(o => o == "+100"));
        Assert.Equal(3, outcomes.Count);
    }

    [Fact]
    public void Bare_lines_know_no_literals()
    {
        var reader = new ImapCommandReader();
        var input = Feed.Sequence(Feed.Octets("ab{5}\r\nDONE\r\n"));
        var result = reader.ReadLine(input, Feed.Limits);
        Assert.Equal(7, result.Bytes.Length);
        Assert.Equal(6, reader.ReadLine(input.Slice(7), Feed.Limits).Bytes.Length);
        Assert.Equal(ImapReadStatus.NeedMore, reader.ReadLine(input.Slice(8, 4), Feed.Limits).Status);
        Assert.True(reader.ReadLine(Feed.Sequence(new byte[100_000]), Feed.Limits).Refusal?.Bye);
    }
}
