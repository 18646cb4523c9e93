using System.Globalization;
using System.Text;
using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.IndexBench;

/// <summary>
/// Contents of about 1,500 tokens in words as frequent as those of a language, with a few numbers that occur once. Every thousandth has the word
/// <c>seldom</c>, every 1,500th <c>scarce</c>; both are rare together.
/// </summary>
internal sealed class SampleTexts(int seed)
{
    private const int Words = 200_000;
    private const int Tokens = 1_500;

    private static readonly string[] Vocabulary = MakeVocabulary();
    private static readonly double LogWords = Math.Log(Words + 1);

    private readonly Random _random = new(seed);

    public ContentWrite Next(int number)
    {
        var text = new StringBuilder(Tokens * 8);
        for (var i = 0; i < Tokens; i++) text.Append(Word()).Append(' ');
        for (var i = 0; i < 10; i++) text.Append(_random.Next(100_000_000, int.MaxValue)).Append(' ');
        if (number % 1_000 == 0) text.Append("seldom ");
        if (number % 1_500 == 0) text.Append("scarce ");
        text.Length--;
        var tokens = text.ToString();
        // The document of a content holds its text.
        var document = Encoding.UTF8.GetBytes(tokens);
        return new ContentWrite(BlobId.Of(document), tokens, document, Partial: false);
    }

    /// <summary>The word of a rank, from 1 on.</summary>
    public static string Ranked(int rank) => Vocabulary[rank - 1];

    /// <summary>A word by Zipf's law: its rank is log-uniform.</summary>
    private string Word() => Vocabulary[Math.Min(Words - 1, (int)Math.Exp(_random.NextDouble() * LogWords) - 1)];

    private static string[] MakeVocabulary()
    {
        const string Consonants = "bcdfghklmnprstvz";
        const string Vowels = "aeiou";
        var random = new Random(1);
        var words = new HashSet<string>();
        while (words.Count < Words)
        {
            var word = new StringBuilder();
            var syllables = 1 + words.Count.ToString(CultureInfo.InvariantCulture).Length / 2 + random.Next(2);
            for (var i = 0; i < syllables; i++) word.Append(Consonants[random.Next(Consonants.Length)]).Append(Vowels[random.Next(Vowels.Length)]);
            words.Add(word.ToString());
        }

        return [.. words];
    }
}
