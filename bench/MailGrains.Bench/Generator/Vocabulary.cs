namespace MailGrains.Bench.Generator;

/// <summary>
/// A list of invented, pronounceable words and the law by which they occur: the r-th most common word comes up about
/// 1/r as often as the first (Zipf), as in natural text, so that the text compresses and indexes like mail does.
/// The words of a language never depend on the seed of a mailbox: a search term exists in every mailbox.
/// </summary>
public sealed class Vocabulary
{
    private const int WordCount = 6000;
    private const int TableBits = 16;

    private static readonly string[] AsciiOnsets =
        ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pl", "br", "ch", "sh", "th", ""];
    private static readonly string[] AsciiNuclei = ["a", "e", "i", "o", "u", "ea", "ou", "ai", "e", "a"];
    private static readonly string[] AsciiCodas = ["", "n", "r", "s", "t", "l", "nd", "ck", "m", "", "", "ng"];
    private static readonly string[] WesternNuclei = ["ä", "ö", "ü", "é", "è", "a", "e", "i", "o", "u", "å", "ñe", "ç", "ø"];
    private static readonly string[] WesternCodas = ["", "n", "r", "ß", "t", "l", "", "s"];
    private static readonly string[] CyrillicOnsets =
        ["б", "в", "г", "д", "ж", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ч", "ш", "ст", "пр", ""];
    private static readonly string[] CyrillicNuclei = ["а", "е", "и", "о", "у", "ы", "я", "ю"];
    private static readonly string[] CyrillicCodas = ["", "", "й", "н", "т", "л", "р", "сь"];
    private static readonly string[] KanaOnsets =
        ["か", "き", "く", "さ", "し", "た", "ち", "な", "に", "は", "ま", "み", "や", "ら", "り", "日", "本", "会", "山", "手", "人", "時"];
    private static readonly string[] KanaNuclei = ["", "い", "う", "ん", "の", "と", "に", "を"];

    private static readonly Dictionary<Language, Vocabulary> All = new()
    {
        [Language.Ascii] = new(11, AsciiOnsets, AsciiNuclei, AsciiCodas),
        [Language.Western] = new(12, AsciiOnsets, WesternNuclei, WesternCodas),
        [Language.Cyrillic] = new(13, CyrillicOnsets, CyrillicNuclei, CyrillicCodas),
        [Language.Japanese] = new(14, KanaOnsets, KanaNuclei, [""]),
    };

    private readonly string[] _words;
    private readonly ushort[] _byChance = new ushort[1 << TableBits];

    private Vocabulary(ulong seed, string[] onsets, string[] nuclei, string[] codas)
    {
        _words = Coin(new SeededRandom(seed), onsets, nuclei, codas);
        FillTable();
    }

    public static Vocabulary Of(Language language) => All[language];

    /// <summary>The word that is the <paramref name="rank"/>-th most common, from 0.</summary>
    public string Ranked(int rank) => _words[rank];

    /// <summary>A word drawn by natural frequency.</summary>
    public string Draw(SeededRandom random) => _words[_byChance[random.NextUInt64() >> (64 - TableBits)]];

    // Common words are short in every language: the syllables grow with the rank.
    private static string[] Coin(SeededRandom random, string[] onsets, string[] nuclei, string[] codas)
    {
        var words = new List<string>(WordCount);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var tries = 0; words.Count < WordCount; tries++)
        {
            var syllables = 1 + (words.Count > 150 ? 1 : 0)
                + (random.Chance(words.Count / (double)WordCount) ? 1 : 0) + (tries > 200_000 ? 1 : 0);
            var word = "";
            for (var i = 0; i < syllables; i++)
                word += random.Pick(onsets) + random.Pick(nuclei) + (i == syllables - 1 || random.Chance(0.3) ? random.Pick(codas) : "");
            if (seen.Add(word))
                words.Add(word);
        }
        return [.. words];
    }

    private void FillTable()
    {
        var total = 0.0;
        for (var rank = 0; rank < _words.Length; rank++)
            total += 1 / (rank + 2.7);
        var (word, reached) = (0, 1 / 2.7);
        for (var i = 0; i < _byChance.Length; i++)
        {
            while (reached / total < (i + 0.5) / _byChance.Length && word < _words.Length - 1)
                reached += 1 / (++word + 2.7);
            _byChance[i] = (ushort)word;
        }
    }
}
