using MailGrains.TestKit.Checking;
using Xunit;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>The checker finds every kind of harm that it is there to find.</summary>
public sealed class CheckerTests
{
    private const string User = "u@example.org";

    private readonly Checker _checker = new();

    [Fact]
    public void A_true_history_is_good()
    {
        Appended("a", 1);
        Appended("b", 2);
        Assert.Empty(Check(3, 10, Seen("a", 1), Seen("b", 2)));
        Assert.Empty(Check(3, 10, Seen("a", 1), Seen("b", 2)));
    }

    [Fact]
    public void A_lost_message_is_found()
    {
        Appended("a", 1);
        Assert.Contains("nowhere", Assert.Single(Check(2, 10)));
    }

    [Fact]
    public void A_doubled_message_is_found()
    {
        Appended("a", 1);
        Assert.Single(Check(3, 10, Seen("a", 1), Seen("a", 2)));
    }

    [Fact]
    public void A_changed_octet_is_found()
    {
        Appended("a", 1);
        var seen = Seen("a", 1);
        seen.Octets[^5] ^= 1;
        Assert.Contains(Check(2, 10, seen), p => p.Contains("not whole", StringComparison.Ordinal));
    }

    [Fact]
    public void A_UID_with_another_meaning_is_found()
    {
        Appended("a", 1);
        Appended("b", 2);
        Check(3, 10, Seen("a", 1), Seen("b", 2));
        Assert.Contains(Check(3, 10, Seen("b", 1), Seen("a", 2)), p => p.Contains("UID 1 was a, is b", StringComparison.Ordinal));
    }

    [Fact]
    public void A_UID_told_in_an_answer_keeps_its_meaning_too()
    {
        Begun("a");
        Begun("b");
        _checker.Told(User, "INBOX", 5, 1, "a");
        Assert.Contains(Check(2, 10, Seen("b", 1)), p => p.Contains("was a, is b", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, 10, "UIDNEXT fell")]
    [InlineData(3, 9, "HIGHESTMODSEQ fell")]
    public void Counters_that_fall_are_found(uint uidNext, ulong modSeq, string problem)
    {
        Appended("a", 1);
        Check(3, 10, Seen("a", 1));
        Assert.Contains(Check(uidNext, modSeq, Seen("a", 1)), p => p.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_flag_taken_back_is_found()
    {
        var history = Appended("a", 1);
        history.Begin("FlagsSet", s => [s[0] with { Flagged = true }]);
        history.Acknowledged();
        Assert.Single(Check(2, 10, Seen("a", 1)));
    }

    [Fact]
    public void A_flag_change_without_a_higher_MODSEQ_is_found()
    {
        var history = Appended("a", 1);
        Check(2, 10, Seen("a", 1));
        history.Begin("FlagsSet", s => [s[0] with { Flagged = true }]);
        history.Acknowledged();
        Assert.Contains(Check(2, 11, Seen("a", 1) with { Flagged = true }), p => p.Contains("is not above 10", StringComparison.Ordinal));
    }

    [Fact]
    public void An_expunged_message_that_comes_back_is_found()
    {
        var history = Appended("a", 1);
        history.Begin("MessageExpunge", _ => []);
        history.Acknowledged();
        Assert.Single(Check(2, 10, Seen("a", 1)));
    }

    [Fact]
    public void A_move_that_leaves_both_or_neither_is_found()
    {
        var history = Appended("a", 1);
        history.Begin("MessageMove", _ => [new Placement("Archive", null, false)]);
        Assert.Single(_checker.Check([Folder("INBOX", 2, 10), Folder("Archive", 1, 10)]));
        var both = _checker.Check([Folder("INBOX", 2, 10, Seen("a", 1)), Folder("Archive", 1, 10, Seen("a", 1))]);
        Assert.Single(both, p => p.Contains("should be", StringComparison.Ordinal));
        Assert.Empty(_checker.Check([Folder("INBOX", 2, 10), Folder("Archive", 2, 10, Seen("a", 1))]));
    }

    [Fact]
    public void What_was_not_acknowledged_may_be_there_once_or_not_at_all()
    {
        Begun("a");
        Begun("b");
        Assert.Empty(Check(2, 10, Seen("a", 1)));

        // Seen once, it stays; not seen, it does not appear later.
        Assert.Equal(2, Check(3, 10, Seen("b", 2)).Count);
    }

    private MessageHistory Appended(string token, uint uid)
    {
        var history = Begun(token);
        history.Acknowledged(s => [s[0] with { Uid = uid }]);
        return history;
    }

    private MessageHistory Begun(string token)
    {
        var history = new MessageHistory(User, token, LoadMessages.Make(token));
        _checker.Add(history);
        history.Begin("MessageAppend", _ => [new Placement("INBOX", null, false)]);
        return history;
    }

    private IReadOnlyList<string> Check(uint uidNext, ulong modSeq, params SeenMessage[] messages) =>
        _checker.Check([Folder("INBOX", uidNext, modSeq, messages)]);

    private static FolderSnapshot Folder(string name, uint uidNext, ulong modSeq, params SeenMessage[] messages) =>
        new(User, name, 5, uidNext, modSeq, messages);

    private static SeenMessage Seen(string token, uint uid) => new(uid, false, 3, LoadMessages.Make(token));
}
