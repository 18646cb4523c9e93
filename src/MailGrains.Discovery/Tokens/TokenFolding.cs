using System.Globalization;
using System.Text;

namespace MailGrains.Discovery.Tokens;

/// <summary>
/// What each character becomes in tokens (steps 1 and 2 of <see cref="Tokenizer"/>), as a short text in which three characters
/// are orders to the <see cref="TokenWriter"/>.
/// </summary>
internal static class TokenFolding
{
    public const char Separator = ' ';

    /// <summary>The next character starts a token that only marks are added to.</summary>
    public const char Single = '\u0001';

    /// <summary>The next character is a mark.</summary>
    public const char Mark = '\u0002';

    private const string Nothing = "";
    private const string Separates = " ";

    private static readonly string?[] s_basicPlane = new string[0x10000];

    public static string Fold(Rune rune) => rune.IsBmp ? s_basicPlane[rune.Value] ??= Compute(rune) : Compute(rune);

    /// <summary>
    /// The text in NFKC, if that may differ from folding each character alone: in scripts whose letters and marks compose and stay
    /// composed.
    /// </summary>
    public static ReadOnlySpan<char> Compose(ReadOnlySpan<char> text) => Composes(text) ? WellFormed(text).Normalize(NormalizationForm.FormKC) : text;

    private static bool Composes(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAnyExceptInRange('\0', '\u08FF');
        if (first < 0) return false;
        foreach (var c in text[first..])
        {
            // Indic and other scripts with vowel signs, conjoining Jamo; voiced marks of kana; halfwidth forms; the first astral plane.
            if (c is (>= '\u0900' and <= '\u1DFF') or '\u3099' or '\u309A' or (>= '\uA800' and <= '\uABFF') or (>= '\uD7B0' and <= '\uD806')
                or (>= '\uFF65' and <= '\uFFDC'))
                return true;
        }

        return false;
    }

    /// <summary>Normalization throws at half a character and at what is none.</summary>
    private static string WellFormed(ReadOnlySpan<char> text)
    {
        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            mended.Append(rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
        return mended.ToString();
    }

    private static string Compute(Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        if (category == UnicodeCategory.Format) return rune.Value == 0x200B ? Separates : Nothing;
        if (IsVariation(rune)) return Nothing;
        if (category is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.Control)
            return Separates;
        var folded = new StringBuilder();
        foreach (var composed in rune.ToString().Normalize(NormalizationForm.FormKC).EnumerateRunes())
            Append(composed, folded);
        return folded.ToString();
    }

    private static void Append(Rune composed, StringBuilder folded)
    {
        if (IsIdeographic(composed))
        {
            folded.Append(Single).Append(composed);
            return;
        }

        var cased = composed.ToString().Normalize(NormalizationForm.FormD).ToUpperInvariant().ToLowerInvariant()
            .Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD);
        foreach (var rune in cased.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                    if (!IsFoldedMark(rune)) folded.Append(Mark).Append(rune);
                    break;
                case UnicodeCategory.DecimalDigitNumber:
                    folded.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                    break;
                case UnicodeCategory.ModifierLetter when rune.Value == 0x0640:
                    // Tatweel only stretches an Arabic word.
                    break;
                case < UnicodeCategory.NonSpacingMark:
                    if (IsUnspaced(rune)) folded.Append(Single);
                    folded.Append(rune);
                    break;
                default:
                    folded.Append(Separator);
                    break;
            }
        }
    }

    private static bool IsVariation(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180F);

    /// <summary>Han, kana, Bopomofo, Hangul syllables and Yi.</summary>
    private static bool IsIdeographic(Rune rune) => rune.Value is (>= 0x3005 and <= 0x3007) or (>= 0x3031 and <= 0x3035) or (>= 0x3041 and <= 0x3096)
        or (>= 0x309D and <= 0x309F) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or (>= 0x3105 and <= 0x312F)
        or (>= 0x31A0 and <= 0x31BF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xA000 and <= 0xA48C) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0x1AFF0 and <= 0x1B16F)
        or (>= 0x20000 and <= 0x3FFFD);

    /// <summary>Thai, Lao, Burmese, Khmer: letters without blanks between words.</summary>
    private static bool IsUnspaced(Rune rune) => rune.Value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);

    /// <summary>Accents and points of Latin, Greek, Cyrillic, Hebrew and Arabic, and those that go with any symbol.</summary>
    private static bool IsFoldedMark(Rune rune) => rune.Value is (>= 0x0300 and <= 0x036F) or (>= 0x0483 and <= 0x0489) or (>= 0x0591 and <= 0x05C7)
        or (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED) or (>= 0x08CA and <= 0x08FF)
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0x2DE0 and <= 0x2DFF)
        or (>= 0xFE20 and <= 0xFE2F);
}
