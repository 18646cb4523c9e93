using System.Globalization;
using System.Text;
using CsCheck;
using MailGrains.Discovery.Tokens;
using Microsoft.Data.Sqlite;

namespace MailGrains.Discovery.Tests;

public sealed class TokenizerTests
{
    /// <summary>Scripts, marks, joiners, halves of characters and signs, as they stand beside each other by chance.</summary>
    private static readonly Gen<string> s_texts = Gen.OneOf(
        Gen.Char['\0', '\u024F'], Gen.Char['\u0300', '\u05FF'], Gen.Char['\u0600', '\u1FFF'], Gen.Char['\u2000', '\u30FF'], Gen.Char, Gen.Const(' '))
        .Array[0, 60].Select(c => new string(c));

    [Theory]
    [InlineData("The Quarterly Report!", "the quarterly report")]
    [InlineData("Alice.Smith+tag@mail.example.org", "alice smith tag mail example org")]
    [InlineData("Q1_report-final (2).PDF", "q1 report final 2 pdf")]
    [InlineData("Café Müller ΆΛΦΑ Ёлка", "cafe muller αλφα елка")]
    [InlineData("Cafe\u0301 Mu\u0308ller", "cafe muller")]
    [InlineData("Straße STRASSE", "strasse strasse")]
    [InlineData("ﬁnance ２０２６ x² ①", "finance 2026 x2 1")]
    [InlineData("٣٤ ४५", "34 45")]
    [InlineData("東京タワー2026年", "東 京 タ ワ ー 2026 年")]
    [InlineData("ﾊﾞｽ", "バ ス")]
    [InlineData("서울 \u1109\u1165\u110B\u116E\u11AF", "서 울 서 울")]
    [InlineData("กรุงเทพ", "ก รุ ง เ ท พ")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("مُحَمَّد محمد", "محمد محمد")]
    [InlineData("in\u00ADvoice in\u200Dvoice in\u200Bvoice", "invoice invoice in voice")]
    [InlineData("don't", "don t")]
    [InlineData("𝐁𝐨𝐥𝐝 𠀀", "bold 𠀀")]
    [InlineData("?! — 🎉", "")]
    public void Text_becomes_these_tokens(string text, string tokens) => Assert.Equal(tokens, Tokenizer.Tokenize(text));

    [Fact]
    public void A_long_run_is_one_token_that_is_cut()
    {
        Assert.Equal(new string('a', 64) + " b", Tokenizer.Tokenize(new string('a', 1000) + " b"));

        // A letter of two units does not fit in the one that is left.
        Assert.Equal(new string('a', 63), Tokenizer.Tokenize(new string('a', 63) + "\U00010451\U00010451"));
    }

    [Fact]
    public void Every_character_folds_to_what_tokens_may_hold()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value)) continue;
            foreach (var rune in Tokenizer.Tokenize(new Rune(value).ToString()).EnumerateRunes())
                Assert.True(IsTokenCharacter(rune), $"U+{value:X} gives U+{rune.Value:X}.");
        }
    }

    [Fact]
    public void Tokens_are_bounded_and_made_of_letters_and_digits() => s_texts.Sample(
        text =>
        {
            var tokens = Tokenizer.Tokenize(text);
            return tokens.Length == 0 || tokens.Split(' ').All(t => t.Length is > 0 and <= Tokenizer.MaxTokenLength && t.EnumerateRunes().All(IsTokenCharacter));
        },
        iter: 5000);

    [Fact]
    public void What_stands_elsewhere_in_a_text_changes_no_token() =>
        s_texts.Sample(text => Tokenizer.Tokenize(text + " \u1109\u1165") == (Tokenizer.Tokenize(text) + " 서").Trim(), iter: 20_000);

    [Fact]
    public void Composed_and_decomposed_text_is_the_same() => s_texts.Sample(
        text =>
        {
            var wellFormed = string.Concat(text.EnumerateRunes().Where(r => Rune.GetUnicodeCategory(r) != UnicodeCategory.OtherNotAssigned));
            return Tokenizer.Tokenize(wellFormed.Normalize(NormalizationForm.FormD)) == Tokenizer.Tokenize(wellFormed.Normalize(NormalizationForm.FormC));
        },
        iter: 20_000);

    /// <summary>An index with SQLite's ascii tokenizer has our tokens and no others.</summary>
    [Fact]
    public void SQLite_takes_a_token_text_apart_into_the_same_tokens()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize = 'ascii'); CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)");
        s_texts.Sample(
            text =>
            {
                var tokens = Tokenizer.Tokenize(text);
                Execute("DELETE FROM t");
                using var insert = connection.CreateCommand();
                insert.CommandText = "INSERT INTO t VALUES ($x)";
                insert.Parameters.AddWithValue("$x", tokens);
                insert.ExecuteNonQuery();
                using var select = connection.CreateCommand();
                select.CommandText = "SELECT term FROM v ORDER BY offset";
                using var reader = select.ExecuteReader();
                var terms = new List<string>();
                while (reader.Read()) terms.Add(reader.GetString(0));
                return tokens == string.Join(' ', terms);
            },
            iter: 500,
            threads: 1);

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Theory]
    [InlineData("inv*", "inv", true)]
    [InlineData("quarterly rep*", "quarterly rep", true)]
    [InlineData("foo-*", "foo", false)]
    [InlineData("東京*", "東 京", false)]
    [InlineData("word", "word", false)]
    public void A_star_makes_a_prefix_of_the_word_it_touches(string written, string tokens, bool isPrefix) =>
        Assert.Equal(new TokenPhrase(tokens, isPrefix), TokenPhrase.Of(written));

    [Theory]
    [InlineData("report", true)]
    [InlineData("quarterly report", true)]
    [InlineData("report alice", false)]
    [InlineData("repor", false)]
    [InlineData("eport", false)]
    [InlineData("repor*", true)]
    [InlineData("the quart*", true)]
    [InlineData("quart* report", false)]
    public void A_phrase_is_whole_tokens_in_one_segment(string phrase, bool isIn) =>
        Assert.Equal(isIn, TokenPhrase.Of(phrase)!.IsIn("the quarterly report\nalice example org"));

    private static bool IsTokenCharacter(Rune rune) => rune.IsAscii
        ? rune.Value is (>= '0' and <= '9') or (>= 'a' and <= 'z') or ' '
        : Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark || rune.Value is >= 0x3005 and <= 0xA4CF;
}
