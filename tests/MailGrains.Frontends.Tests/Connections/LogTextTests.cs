using MailGrains.Frontends.Connections;
using Xunit;

namespace MailGrains.Frontends.Tests.Connections;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("ann@example.org", "ann@example.org")]
    [InlineData("jürgen 📫", "jürgen 📫")]
    [InlineData("ann\r\ninfo: forged", @"ann\u000d\u000ainfo: forged")]
    [InlineData("\0\u0007\u001b[2J\u007f", @"\u0000\u0007\u001b[2J\u007f")]
    [InlineData("a\u0085b\u009bc", @"a\u0085b\u009bc")]
    [InlineData("\u202Egro.elpmaxe@nna\u2066\u200b\ufeff", @"\u202egro.elpmaxe@nna\u2066\u200b\ufeff")]
    [InlineData("a\u2028b\u2029c", @"a\u2028b\u2029c")]
    public void What_could_act_as_a_line_or_on_a_terminal_is_shown(string text, string shown) => Assert.Equal(shown, LogText.Escape(text));

    [Fact]
    public void What_is_long_is_cut()
    {
        Assert.Equal(new string('x', 200), LogText.Escape(new string('x', 200)));
        Assert.Equal(new string('x', 200) + "…", LogText.Escape(new string('x', 1_000_000)));
        Assert.Equal(string.Concat(Enumerable.Repeat(@"\u000a", 200)) + "…", LogText.Escape(new string('\n', 1_000_000)));
    }
}
