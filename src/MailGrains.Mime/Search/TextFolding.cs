using System.Buffers;
using System.Text;

namespace MailGrains.Mime.Search;

/// <summary>
/// Folds text for comparison as i;unicode-casemap means it (RFC 5051): compatibility decomposition and one case; here
/// lower case, so that ASCII folds at memory speed. The folded form is UTF-8.
/// </summary>
public static class TextFolding
{
    /// <summary>The most octets that one character folds to.</summary>
    internal const int MaxRuneOctets = 64;

    private static readonly byte[]?[] s_basicPlane = new byte[0x10000][];

    /// <summary>The folded form of <paramref name="text"/>.</summary>
    public static byte[] Fold(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var folded = new ArrayBufferWriter<byte>(utf8.Length + MaxRuneOctets);
        for (ReadOnlySpan<byte> rest = utf8; !rest.IsEmpty;)
        {
            folded.Advance(FoldUtf8(rest, folded.GetSpan(rest.Length + MaxRuneOctets), out var consumed));
            rest = rest[consumed..];
        }

        return folded.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Folds UTF-8 until the input ends or the output is full. An octet that is no UTF-8 counts as windows-1252, which it
    /// then mostly is.
    /// </summary>
    /// <returns>Octets written.</returns>
    internal static int FoldUtf8(ReadOnlySpan<byte> source, Span<byte> destination, out int consumed)
    {
        var written = 0;
        consumed = 0;
        while (consumed < source.Length)
        {
            var rest = source[consumed..];
            var room = destination[written..];
            if (rest[0] < 0x80)
            {
                if (room.IsEmpty)
                    break;
                Ascii.ToLower(rest[..Math.Min(rest.Length, room.Length)], room, out var ascii);
                consumed += ascii;
                written += ascii;
                continue;
            }

            if (room.Length < MaxRuneOctets)
                break;
            written += FoldCharacter(rest, room, out var length);
            consumed += length;
        }

        return written;
    }

    private static int FoldCharacter(ReadOnlySpan<byte> source, Span<byte> destination, out int length)
    {
        // Two octets hold most letters of Europe and the Middle East; the decoder below would take longer than the rest.
        if (source.Length >= 2 && source[0] is >= 0xC2 and <= 0xDF && (source[1] & 0xC0) == 0x80)
        {
            length = 2;
            return FoldBasic((char)((source[0] & 0x1F) << 6 | (source[1] & 0x3F)), destination);
        }

        if (Rune.DecodeFromUtf8(source, out var rune, out length) == OperationStatus.Done)
            return FoldRune(rune, destination);
        length = 1;
        return FoldBasic(Windows1252.ToUnicode(source[0]), destination);
    }

    /// <summary>Writes the folded form of one character, at most <see cref="MaxRuneOctets"/> octets.</summary>
    private static int FoldRune(Rune rune, Span<byte> destination)
    {
        return rune.IsBmp ? FoldBasic((char)rune.Value, destination) : Rune.ToLowerInvariant(rune).EncodeToUtf8(destination);
    }

    private static int FoldBasic(char character, Span<byte> destination)
    {
        var folded = s_basicPlane[character] ??= Compute(new Rune(character));
        folded.CopyTo(destination);
        return folded.Length;
    }

    private static byte[] Compute(Rune rune)
    {
        // Unassigned code points have no normal form, and .NET throws at them.
        var text = rune.ToString();
        var decomposed = Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.OtherNotAssigned
            ? text
            : text.Normalize(NormalizationForm.FormKD);
        var folded = Encoding.UTF8.GetBytes(decomposed.ToUpperInvariant().ToLowerInvariant());
        return folded.Length <= MaxRuneOctets ? folded : Encoding.UTF8.GetBytes(text);
    }
}
