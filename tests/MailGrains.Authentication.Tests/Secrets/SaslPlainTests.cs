using System.Text;

namespace MailGrains.Authentication.Tests.Secrets;

public sealed class SaslPlainTests
{
    [Theory]
    [InlineData("\0u@x\0p", "u@x", "p")]
    [InlineData("u@x\0u@x\0p", "u@x", "p")]
    [InlineData("U@X.\0u@x\0p", "u@x", "p")]
    [InlineData("\0u@x\0\u00e9 =,", "u@x", "\u00e9 =,")]
    public void A_message_is_read(string message, string user, string password)
    {
        Assert.True(SaslPlain.TryParse(Encoding.UTF8.GetBytes(message), out var plain));
        Assert.Equal((user, password), (plain.User, plain.Password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("u@x\0p")]
    [InlineData("\0u@x\0")]
    [InlineData("\0\0p")]
    [InlineData("\0u@x\0p\0")]
    [InlineData("\0u@x\0\0p")]
    [InlineData("admin@x\0u@x\0p")]
    [InlineData("u+z@x\0u@x\0p")]
    public void What_is_none_or_asks_for_somebody_else_is_refused(string message) =>
        Assert.False(SaslPlain.TryParse(Encoding.UTF8.GetBytes(message), out _));

    [Fact]
    public void Invalid_UTF8_is_refused() => Assert.False(SaslPlain.TryParse([0, (byte)'u', 0, 0xC3, 0x28], out _));
}
