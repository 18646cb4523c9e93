namespace MailGrains.Authentication.Tests.Secrets;

public sealed class PasswordTextTests
{
    [Theory]
    [InlineData("e\u0301", "\u00e9")] // composed and decomposed
    [InlineData("\uff41\u2168", "aIX")] // compatibility forms
    [InlineData("a\u00a0b\u2003c", "a b c")] // other spaces
    [InlineData("I\u00adX", "IX")] // RFC 4013 section 3: soft hyphen
    [InlineData("\u2764\ufe0f", "\u2764")] // variation selectors
    [InlineData("plain  text ", "plain  text ")]
    public void The_same_password_typed_elsewhere_gives_the_same_octets(string typed, string same)
    {
        Assert.True(PasswordText.TryPrepare(typed, 100, out var octets));
        Assert.Equal(same, System.Text.Encoding.UTF8.GetString(octets));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a\r\nb")]
    [InlineData("\u0085")]
    [InlineData("\u00ad\u200b")]
    public void What_can_be_no_password_is_refused(string text) => Assert.False(PasswordText.TryPrepare(text, 100, out _));

    [Fact]
    public void A_lone_surrogate_is_refused() => Assert.False(PasswordText.TryPrepare("a" + (char)0xD800, 100, out _));

    [Fact]
    public void The_limit_counts_octets_and_holds_after_normalisation()
    {
        Assert.True(PasswordText.TryPrepare(new string('x', 100), 100, out _));
        Assert.False(PasswordText.TryPrepare(new string('x', 101), 100, out _));
        Assert.False(PasswordText.TryPrepare(new string('\u00e9', 51), 100, out _));
        Assert.False(PasswordText.TryPrepare(new string('\ufdfa', 20), 100, out _));
        Assert.False(PasswordText.TryPrepare(new string('x', 1_000_000), 1024, out _));
    }
}
