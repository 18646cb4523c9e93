namespace MailGrains.Discovery.Tokens;

/// <summary>
/// What a word is: the one definition for what is indexed and for what is asked.
/// (1) Text is put into NFKC and case is folded (ß is ss). (2) Marks of Latin, Greek, Cyrillic, Hebrew and Arabic go, so that é is
/// e; marks of other scripts belong to the letter before. Digits of all scripts are 0–9. (3) A token is a run of letters and
/// digits; all else separates, also inside an address or a file name. Soft hyphens and joiners count as nothing.
/// (4) Where a script writes no blanks between words – ideographs, kana, Hangul, Thai, Lao, Khmer, Burmese – each letter is a
/// token, so that words are found as phrases. (5) What is longer than <see cref="MaxTokenLength"/> is cut.
/// Tokens hold no ASCII but 0–9 and a–z, so that SQLite's <c>ascii</c> tokenizer takes a text of tokens apart into the same.
/// </summary>
public static class Tokenizer
{
    /// <summary>Counts up with every change of what a token is: documents of another version have to be extracted again.</summary>
    public const int Version = 1;

    /// <summary>UTF-16 units.</summary>
    public const int MaxTokenLength = 64;

    /// <summary>The tokens of a text in their order, joined by single spaces.</summary>
    public static string Tokenize(ReadOnlySpan<char> text)
    {
        var writer = new TokenWriter();
        writer.AddSegment(text);
        return writer.ToString();
    }
}
