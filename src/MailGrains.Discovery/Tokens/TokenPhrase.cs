namespace MailGrains.Discovery.Tokens;

/// <summary>
/// Tokens that follow each other.
/// </summary>
/// <param name="Text">The tokens, joined by single spaces; at least one.</param>
/// <param name="IsPrefix">Of the last token only the beginning is given.</param>
public sealed record TokenPhrase(string Text, bool IsPrefix)
{
    /// <summary>The phrase a word or quoted text of a query means, a star at its end included; null when there is no token in it.</summary>
    public static TokenPhrase? Of(ReadOnlySpan<char> written)
    {
        var isPrefix = written is [.., '*'];
        if (isPrefix) written = written[..^1];
        var text = Tokenizer.Tokenize(written);
        return text.Length == 0 ? null : new TokenPhrase(text, isPrefix && EndsInside(written, text));
    }

    public string[] Tokens => Text.Split(' ');

    /// <summary>How many tokens.</summary>
    public int Count { get; } = Text.AsSpan().Count(' ') + 1;

    /// <summary>Whether a field's tokens, as a document keeps them, hold the phrase within one segment.</summary>
    public bool IsIn(ReadOnlySpan<char> tokens) => IndexIn(tokens, 0) >= 0;

    /// <summary>The first place at or after <paramref name="from"/> where the phrase is, in characters; -1 when there is none.</summary>
    public int IndexIn(ReadOnlySpan<char> tokens, int from)
    {
        while (from <= tokens.Length - Text.Length)
        {
            var found = tokens[from..].IndexOf(Text, StringComparison.Ordinal);
            if (found < 0) return -1;
            var start = from + found;
            var end = start + Text.Length;
            if ((start == 0 || IsEdge(tokens[start - 1])) && (IsPrefix || end == tokens.Length || IsEdge(tokens[end]))) return start;
            from = start + 1;
        }

        return -1;
    }

    private static bool IsEdge(char c) => c is TokenFolding.Separator or TokenWriter.SegmentEnd;

    /// <summary>Whether a letter written after the text would belong to its last token.</summary>
    private static bool EndsInside(ReadOnlySpan<char> written, string text) =>
        Tokenizer.Tokenize([.. written, 'a']).AsSpan().Count(' ') == text.AsSpan().Count(' ');
}
