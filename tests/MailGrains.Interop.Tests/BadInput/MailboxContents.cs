using System.Text.RegularExpressions;
using Xunit;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>What there is to see of a mailbox: its folders and what is in them, the subscriptions, the keywords of INBOX.</summary>
/// <param name="Listed">Answers to LIST with STATUS, and to LSUB.</param>
/// <param name="Examined">Answers to EXAMINE INBOX.</param>
internal sealed partial record MailboxContents(IReadOnlyList<string> Listed, IReadOnlyList<string> Examined)
{
    /// <summary>Nothing is there but what was, and so many messages more in INBOX; no UID was given to anything else.</summary>
    public void AssertGrewFrom(MailboxContents before, int messages)
    {
        var ((had, next), (have, following)) = (before.Inbox(), Inbox());
        Assert.Equal((had + messages, next + messages), (have, following));
        Assert.Equal(before.Others(), Others());
    }

    private (int Messages, int UidNext) Inbox()
    {
        var found = InboxStatus().Match(Listed.Single(l => InboxStatus().IsMatch(l)));
        return (int.Parse(found.Groups[1].Value, null), int.Parse(found.Groups[2].Value, null));
    }

    private IEnumerable<string> Others() =>
        Listed.Where(l => !InboxStatus().IsMatch(l)).Concat(Examined.Where(l => l.StartsWith("* FLAGS", StringComparison.Ordinal)));

    [GeneratedRegex(@"^\* STATUS INBOX \(MESSAGES (\d+) UIDNEXT (\d+) ")]
    private static partial Regex InboxStatus();
}
