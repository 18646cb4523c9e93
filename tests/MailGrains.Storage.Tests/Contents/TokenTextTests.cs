using CsCheck;
using MailGrains.Storage.Records;
using Xunit;

namespace MailGrains.Storage.Tests.Contents;

/// <summary>Texts of tokens.</summary>
public sealed class TokenTextTests
{
    private static readonly Gen<string> s_tokens = Gen.OneOf(
        Gen.Char["ab1"].Array[1, 3], Gen.Char["é東\ue000"].Array[1, 2], Gen.Char['a', 'z'].Array[60, 64])
        .Select(c => new string(c)).Array[0, 300].Select(t => string.Join(' ', t));

    private static readonly string[] s_wrong = [" ", "  ", "A", ".", "\n", "\0", "\ud800", new string('a', 65)];

    [Fact]
    public void Each_token_is_kept_once_where_it_is_first()
    {
        s_tokens.Sample(tokens => Assert.Equal(
            string.Join(' ', tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()), TokenText.Distinct(tokens)));
    }

    [Fact]
    public void A_text_of_tokens_is_one_and_with_anything_else_it_is_none()
    {
        s_tokens.Sample(TokenText.Check);
        Gen.Select(s_tokens, Gen.Int[0, s_wrong.Length - 1], Gen.Int[0, 1000]).Sample((tokens, which, place) =>
        {
            var spaces = Enumerable.Range(0, tokens.Length).Where(i => tokens[i] == ' ').Append(tokens.Length).ToArray();
            var wrong = tokens.Insert(spaces[place % spaces.Length], " " + s_wrong[which]);
            Assert.Throws<ArgumentException>(() => TokenText.Check(wrong));
        });
    }
}
