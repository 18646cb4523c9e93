using System.Buffers;
using System.Text;

namespace MailGrains.Storage.Records;

/// <summary>
/// The form of tokens: up to 64 UTF-16 units, each an ASCII digit or lower-case letter or part of a character beyond ASCII. Tokens are compared by their
/// characters, as they are: nothing is folded, stemmed or left out here. A text of tokens has single spaces between them, and may be empty.
/// </summary>
public static class TokenText
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> NotInTokens = SearchValues.Create(
        [.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsAsciiDigit(c) && !char.IsAsciiLetterLower(c))]);

    public static bool IsToken(ReadOnlySpan<char> token) => token.Length is > 0 and <= MaxLength && !token.ContainsAny(NotInTokens) && IsWellFormed(token);

    /// <exception cref="ArgumentException">Something in it is no token, or the spaces are others.</exception>
    public static void Check(string tokens)
    {
        if (tokens.Length == 0) return;
        if (!IsWellFormed(tokens)) throw new ArgumentException("The tokens are not well-formed UTF-16.", nameof(tokens));
        var start = 0;
        while (start <= tokens.Length)
        {
            var length = tokens.AsSpan(start).IndexOf(' ');
            if (length < 0) length = tokens.Length - start;
            // The whole is well-formed, and a space splits no character.
            if (length is 0 or > MaxLength || tokens.AsSpan(start, length).ContainsAny(NotInTokens))
                throw new ArgumentException($"At {start} there is no token.", nameof(tokens));
            start += length + 1;
        }
    }

    /// <summary>Each token of a text once, in the order in which they first occur.</summary>
    public static string Distinct(string tokens)
    {
        var distinct = new StringBuilder(tokens.Length);
        var seen = new HashSet<string>().GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in tokens.AsSpan().Split(' '))
        {
            var token = tokens.AsSpan(range);
            if (!token.IsEmpty && seen.Add(token)) distinct.Append(distinct.Length == 0 ? "" : " ").Append(token);
        }

        return distinct.ToString();
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0;)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var used) != OperationStatus.Done) return false;
            text = text[(at + used)..];
            at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        }

        return true;
    }
}
