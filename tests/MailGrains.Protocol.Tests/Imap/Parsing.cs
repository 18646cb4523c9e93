using MailGrains.Imap;
using MailGrains.Imap.Commands;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

internal static class Parsing
{
    public static ImapParseResult Result(string line, bool utf8 = false) => ImapCommandParser.Parse(Feed.Octets(line), new ImapParseOptions(utf8));

    /// <summary>The command behind <c>a </c>; fails the test when it is refused.</summary>
    public static T Command<T>(string arguments, bool utf8 = false)
        where T : ImapCommand
    {
        var result = Result("a " + arguments + "\r\n", utf8);
        Assert.True(result.Error is null, result.Error?.Text);
        Assert.Equal("a", result.Tag);
        return Assert.IsType<T>(result.Command);
    }

    public static ImapError Refusal(string arguments)
    {
        var result = Result("a " + arguments + "\r\n");
        Assert.Null(result.Command);
        return Assert.IsType<ImapError>(result.Error);
    }

    public static void IsBad(string arguments) => Assert.Equal(ImapCondition.Bad, Refusal(arguments).Condition);
}
