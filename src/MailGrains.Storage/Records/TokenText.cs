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

    private static readonly SearchValues<char> NotInText = SearchValues.Create(
        [.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsAsciiDigit(c) && !char.IsAsciiLetterLower(c) && c != ' ')]);

    public static bool IsToken(ReadOnlySpan<char> token) => token.Length is > 0 and <= MaxLength && !token.ContainsAny(NotInTokens) && IsWellFormed(token);

    /// <exception cref="ArgumentException">Something in it is no token, or the spaces are others.</exception>
    public static void Check(string tokens)
    {
        if (tokens.Length == 0) return;
        // The whole at once, and a space splits no character.
        if (!IsWellFormed(tokens)) throw new ArgumentException("The tokens are not well-formed UTF-16.", nameof(tokens));
        if (tokens.AsSpan().IndexOfAny(NotInText) is var foreign and >= 0) throw NoToken(foreign);
        var start = 0;
        while (start <= tokens.Length)
        {
            var length = tokens.AsSpan(start).IndexOf(' ');
            if (length < 0) length = tokens.Length - start;
            if (length is 0 or > MaxLength) throw NoToken(start);
            start += length + 1;
        }

        ArgumentException NoToken(int at) => new($"At {at} there is no token.", nameof(tokens));
    }

    /// <summary>Each token of a text once, in the order in which they first occur.</summary>
    public static string Distinct(string tokens)
    {
        var distinct = new DistinctTokens(tokens);
        try
        {
            var left = tokens.AsSpan();
            while (!left.IsEmpty)
            {
                var length = left.IndexOf(' ');
                if (length < 0) length = left.Length;
                if (length > 0) distinct.Add(left[..length]);
                left = left[Math.Min(length + 1, left.Length)..];
            }

            return distinct.ToString();
        }
        finally
        {
            distinct.Dispose();
        }
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
