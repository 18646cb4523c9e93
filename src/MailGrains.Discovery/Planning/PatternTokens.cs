using MailGrains.Discovery.Tokens;

namespace MailGrains.Discovery.Planning;

/// <summary>The tokens that a value must have to be like a pattern.</summary>
internal static class PatternTokens
{
    /// <summary>
    /// Runs of ASCII letters and digits that are whole in the pattern: between its ends and other ASCII characters. What stands at a
    /// star may go on there, what stands at another character may be folded with it.
    /// </summary>
    public static IEnumerable<CandidateTree> Of(string pattern)
    {
        for (var start = 0; start < pattern.Length;)
        {
            if (!char.IsAsciiLetterOrDigit(pattern[start]))
            {
                start++;
                continue;
            }

            var end = start;
            while (end < pattern.Length && char.IsAsciiLetterOrDigit(pattern[end])) end++;
            var startsWhole = start == 0 || IsEdge(pattern[start - 1]);
            if (startsWhole && (end == pattern.Length || IsEdge(pattern[end])))
                yield return new CandidateTree.TokenTerm(Tokenizer.Tokenize(pattern.AsSpan(start, end - start)), IsPrefix: false);
            else if (startsWhole && pattern[end] == '*')
                yield return new CandidateTree.TokenTerm(Tokenizer.Tokenize(pattern.AsSpan(start, end - start)), IsPrefix: true);
            start = end;
        }
    }

    private static bool IsEdge(char c) => char.IsAscii(c) && c != '*';
}
