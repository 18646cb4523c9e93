using MailGrains.Storage.Records;

namespace MailGrains.Records.Retention;

/// <summary>The rules of retention, in order: the first that matches counts.</summary>
public sealed class RetentionPolicy
{
    private readonly IReadOnlyList<RetentionRule> _rules;

    /// <exception cref="FormatException">There are rules, and the last doesn't match everything: how long the rest is kept would go unsaid.</exception>
    public RetentionPolicy(IReadOnlyList<RetentionRule> rules)
    {
        if (rules.Count > 0 && !rules[^1].MatchesAll)
            throw new FormatException("The last rule of retention has to match everything; say KeepFor: forever for what is kept without end");
        _rules = rules;
    }

    /// <summary>Nothing is ever purged.</summary>
    public static RetentionPolicy None { get; } = new([]);

    public bool IsEmpty => _rules.Count == 0;

    /// <summary>What left its folder less long ago is kept by every rule, so nobody needs to look at it.</summary>
    public TimeSpan ShortestUndelete => _rules.Count == 0 ? RetentionRule.Forever : _rules.Min(r => r.UndeleteFor);

    /// <summary>
    /// Whether an entry's times are over; null: that depends on the classes of its message, which are not known. Where all rules that could be the first to
    /// match say the same, nobody needs to look at the message.
    /// </summary>
    /// <param name="account">null: not known any more.</param>
    public bool? IsOver(LeftEntry entry, RetentionAccount? account, DateTimeOffset now)
    {
        bool? perhaps = null;
        foreach (var rule in _rules)
        {
            if (rule.Folders is { } folders && !Glob.Matches(folders, entry.Folder)) continue;
            if (rule.Classes is { } classes && entry.Classes is { } known && (classes & known) == 0) continue;
            if (rule.IsOfAccounts && account is null) return perhaps is true ? null : false;
            if (rule.Accounts is { } accounts && !account!.Addresses.Any(a => Glob.Matches(accounts, a))) continue;
            if (rule.Group is { } group && !account!.Groups.Contains(group)) continue;
            var over = rule.IsOver(entry.Arrived, entry.Left, now);
            if (perhaps is { } other && other != over) return null;
            if (rule.Classes is null || entry.Classes is not null) return over;
            perhaps = over;
        }

        return false;
    }
}
