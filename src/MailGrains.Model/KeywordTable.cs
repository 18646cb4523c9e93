using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Model;

/// <summary>
/// Gives names to the bits of <see cref="MessageFlags"/>. Grows only; a keyword keeps its bit for the mailbox's life.
/// Names compare without case (RFC 9051 section 2.3.2) and keep the spelling of their first use.
/// </summary>
[GenerateSerializer, Immutable]
public sealed class KeywordTable
{
    public static readonly KeywordTable Empty = new([]);

    private static readonly string[] SystemNames = [@"\Seen", @"\Answered", @"\Flagged", @"\Deleted", @"\Draft"];

    [Id(0)]
    private readonly ImmutableArray<string> _keywords;

    public KeywordTable(ImmutableArray<string> keywords) => _keywords = keywords;

    public ImmutableArray<string> Keywords => _keywords;

    /// <summary>The bit of a flag or keyword by name; false when the mailbox has never seen that keyword.</summary>
    public bool TryGet(string name, out MessageFlags flag)
    {
        var index = Array.FindIndex(SystemNames, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            flag = MessageFlags.Bit(index);
            return true;
        }

        for (var i = 0; i < _keywords.Length; i++)
        {
            if (!_keywords[i].Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            flag = MessageFlags.Keyword(i);
            return true;
        }

        flag = default;
        return false;
    }

    /// <summary>The table with <paramref name="keyword"/> added; the caller has checked <see cref="MessageFlags.MaxKeywords"/>.</summary>
    public KeywordTable Add(string keyword) => new(_keywords.Add(keyword));

    /// <summary>The names of the set bits: system flags first, then keywords in the order of the table.</summary>
    public IEnumerable<string> Names(MessageFlags flags)
    {
        for (var i = 0; i < SystemNames.Length; i++)
            if (flags.Has(MessageFlags.Bit(i))) yield return SystemNames[i];
        for (var i = 0; i < _keywords.Length; i++)
            if (flags.Has(MessageFlags.Keyword(i))) yield return _keywords[i];
    }
}
