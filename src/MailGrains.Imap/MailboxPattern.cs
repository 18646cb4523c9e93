namespace MailGrains.Imap;

/// <summary>
/// A LIST pattern (RFC 9051 section 6.3.9): <c>*</c> matches anything, <c>%</c> anything without a hierarchy delimiter.
/// INBOX matches in any case. Takes at most pattern × name² steps, however many wildcards there are.
/// </summary>
public sealed class MailboxPattern
{
    private readonly string _pattern;
    private readonly char _delimiter;

    public MailboxPattern(string pattern, char delimiter)
    {
        _pattern = pattern;
        _delimiter = delimiter;
    }

    public bool Matches(ReadOnlySpan<char> name)
    {
        if (name.Equals(MailboxName.InboxName, StringComparison.OrdinalIgnoreCase)) return Match(name, ignoreCase: true);
        return Match(name, ignoreCase: false);
    }

    /// <summary>
    /// Greedy with two places to go back to: the last <c>*</c>, and the last <c>%</c> behind it. Going back further than the last
    /// <c>*</c> can never help, and when that one moves on, the <c>%</c> behind it starts anew.
    /// </summary>
    private bool Match(ReadOnlySpan<char> name, bool ignoreCase)
    {
        int at = 0, p = 0, star = -1, starAt = 0, percent = -1, percentAt = 0;
        while (true)
        {
            if (p < _pattern.Length && _pattern[p] is ('*' or '%'))
            {
                if (_pattern[p] == '*')
                {
                    (star, starAt, percent) = (++p, at, -1);
                }
                else
                {
                    (percent, percentAt) = (++p, at);
                }

                continue;
            }

            if (at == name.Length && p == _pattern.Length) return true;
            if (at < name.Length && p < _pattern.Length && Same(_pattern[p], name[at], ignoreCase))
            {
                at++;
                p++;
                continue;
            }

            if (percent >= 0 && percentAt < name.Length && name[percentAt] != _delimiter)
            {
                (at, p) = (++percentAt, percent);
                continue;
            }

            if (star < 0 || starAt >= name.Length) return false;
            (at, p, percent) = (++starAt, star, -1);
        }
    }

    private static bool Same(char a, char b, bool ignoreCase) =>
        a == b || (ignoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));
}
