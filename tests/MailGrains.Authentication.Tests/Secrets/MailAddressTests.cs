using MailGrains.Model.Accounts;

namespace MailGrains.Authentication.Tests.Secrets;

public sealed class MailAddressTests
{
    [Theory]
    [InlineData("u@x.org")]
    [InlineData("U@X.ORG")]
    [InlineData("u@x.org.")]
    [InlineData("u+detail@x.org")]
    public void Every_spelling_leads_to_one_account(string text)
    {
        Assert.True(MailAddress.TryParse(text, out var address));
        Assert.Equal("u@x.org", address.Key);
    }

    [Theory]
    [InlineData("J\u00d6RG@B\u00dcCHER.example", "j\u00f6rg@xn--bcher-kva.example")]
    [InlineData("jo\u0308rg@xn--bcher-kva.example", "j\u00f6rg@xn--bcher-kva.example")]
    [InlineData("' OR 1=1--@x.org", null)]
    [InlineData("*)(uid=*@x.org", "*)(uid=*@x.org")] // an odd name, but only that
    public void Odd_names_have_one_form_or_none(string text, string? key) =>
        Assert.Equal(key, MailAddress.TryParse(text, out var address) ? address.Key : null);

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("@x")]
    [InlineData("u@")]
    [InlineData("u@.")]
    [InlineData("u@x..")]
    [InlineData("u@x..y")]
    [InlineData("u@.x")]
    [InlineData("u@x@y")]
    [InlineData("u @x")]
    [InlineData("u\0@x")]
    [InlineData("u\r\n@x")]
    [InlineData("u@x\0")]
    [InlineData("u@x y")]
    [InlineData("u\u200b@x")]
    [InlineData("u\u202e@x")]
    [InlineData("u\u00a0@x")]
    [InlineData("u@[127.0.0.1]")]
    public void What_can_be_no_account_is_refused(string text) => Assert.False(MailAddress.TryParse(text, out _));

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.False(MailAddress.TryParse((char)0xD800 + "u@x", out _));
        Assert.False(MailAddress.TryParse("u@x" + (char)0xDC00, out _));
    }

    [Fact]
    public void The_canonical_form_is_its_own_canonical_form()
    {
        for (var c = (char)0x21; c < 0xD800; c++)
        {
            if (!MailAddress.TryParse($"a{c}b@x.org", out var address) || address.Detail is not null) continue;
            Assert.True(MailAddress.TryParse(address.Key, out var again), $"U+{(int)c:X4}");
            Assert.Equal(address.Key, again.Key);
        }
    }

    [Fact]
    public void A_domain_that_outgrows_the_limit_in_ASCII_is_refused()
    {
        var label = new string('\u00fc', 20);
        Assert.False(MailAddress.TryParse($"u@{string.Join('.', Enumerable.Repeat(label, 11))}", out var address) && address.Key.Length > MailAddress.MaxLength);
    }
}
