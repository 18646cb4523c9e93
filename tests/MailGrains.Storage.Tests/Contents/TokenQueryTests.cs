using MailGrains.Storage.Records;
using Xunit;
using static MailGrains.Storage.Records.TokenQuery;

namespace MailGrains.Storage.Tests.Contents;

public sealed class TokenQueryTests
{
    [Fact]
    public void A_query_is_made_in_its_shortest_form()
    {
        Assert.Equal("(a AND b* AND c)", And(Exact("a"), All, And(Prefix("b"), And(Exact("c")))).ToString());
        Assert.Equal("(a OR (b AND c))", Or(None, Exact("a"), And(Exact("b"), Or(Exact("c"), None))).ToString());
        Assert.Same(All, And());
        Assert.Same(None, Or());
        Assert.Same(None, And(Exact("a"), Or()));
        Assert.Same(All, Or(Exact("a"), And()));
        Assert.Same(None, Exact("Not a token"));
        Assert.Throws<ArgumentException>(() => Prefix(""));
    }

    [Fact]
    public void What_is_too_large_is_not_made()
    {
        var terms = Enumerable.Range(0, MaxTerms).Select(i => Exact($"t{i}")).ToArray();
        var largest = And(terms);
        Assert.Equal(MaxTerms, largest.Terms);
        Assert.Throws<ArgumentException>(() => And(largest, Exact("more")));

        var deepest = Exact("a");
        while (deepest.Depth < MaxDepth) deepest = deepest.Depth % 2 == 0 ? And(deepest, Exact("b")) : Or(deepest, Exact("c"));
        Assert.Throws<ArgumentException>(() => MaxDepth % 2 == 0 ? And(deepest, Exact("b")) : Or(deepest, Exact("c")));
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData("a1ß中😀", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("A", false)]
    [InlineData("a\u007f", false)]
    public void A_token_has_no_other_ascii_than_letters_and_digits(string text, bool expected) => Assert.Equal(expected, TokenText.IsToken(text));

    [Fact]
    public void Half_a_character_is_no_token()
    {
        Assert.False(TokenText.IsToken(['a', '\ud83d']));
        Assert.False(TokenText.IsToken(['\udc00', '\ud800']));
        Assert.True(TokenText.IsToken(['\ud83d', '\ude00']));
    }

    [Fact]
    public void A_token_has_up_to_64_units()
    {
        Assert.True(TokenText.IsToken(new string('я', 64)));
        Assert.False(TokenText.IsToken(new string('я', 65)));
    }
}
