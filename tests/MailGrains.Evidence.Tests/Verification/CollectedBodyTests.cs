using System.Text;
using MailGrains.Model;
using MailGrains.Storage.Events;
using Xunit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>Deleting the body of a message and calling it collected is found out by the events, as long as the message must be there.</summary>
public sealed class CollectedBodyTests
{
    private static readonly BlobId s_body = BlobId.Of(Encoding.UTF8.GetBytes("Subject: a\r\n\r\nb\r\n"));

    /// <summary>Events are <c>type folder details</c>; what is still there, in the words of the problem, or nothing.</summary>
    [Theory]
    [InlineData("", "still in the mailbox")]
    [InlineData("MessageExpunge 1 5:6,8", "still in the mailbox")]
    [InlineData("MessageExpunge 2 7", "still in the mailbox")]
    [InlineData("MessageExpunge 1 1:4000000000", "")]
    [InlineData("MailboxDelete 1", "")]
    [InlineData("MailboxDelete 2", "still in the mailbox")]
    [InlineData("MessageCopy 2<1 2:3,7=11:13|MessageExpunge 1 7", "still in the mailbox")]
    [InlineData("MessageCopy 2<1 2:3,7=11:13|MessageExpunge 1 7|MessageExpunge 2 11:12", "still in the mailbox")]
    [InlineData("MessageCopy 2<1 2:3,7=11:13|MessageExpunge 1 7|MessageExpunge 2 13", "")]
    [InlineData("MessageMove 2<1 6:8=1:3|MailboxDelete 1", "still in the mailbox")]
    [InlineData("MessageMove 2<1 6:8=1:3|MessageExpunge 2 2", "")]
    [InlineData("HoldApplied x|MessageExpunge 1 7", "under a hold")]
    [InlineData("HoldApplied x|HoldApplied y|MailboxDelete 1|HoldReleased x", "under a hold")]
    [InlineData("HoldApplied x|MessageExpunge 1 7|HoldReleased x", "")]
    [InlineData("HoldApplied x|MessageExpunge 1 7|HoldReleased x|HoldApplied y", "")]
    [InlineData("MessageExpunge 1 7|HoldApplied x", "")]
    [InlineData("HoldApplied x|MessageMove 2<1 7=1", "still in the mailbox")]
    public async Task A_body_is_said_to_be_collected(string events, string problem)
    {
        var log = new TestLog();
        log.Collected[s_body] = "collected";
        var arrival = Write(log, "MessageNew", $$""","mailbox":{"id":1},"messages":[{"uid":7,"blobId":"{{s_body}}"}]""");
        foreach (var one in events.Split('|', StringSplitOptions.RemoveEmptyEntries)) Write(log, one);
        using var export = await ExportedFolder.OfAsync(log);

        var verdict = await Verifier.CheckAsync(export.Path);
        if (problem.Length == 0)
        {
            verdict.IsUnchanged();
            return;
        }

        verdict.Names($"partition 0, position 31, mailbox {arrival.Account.Value}, sequence {arrival.Event.Sequence}", s_body.ToString(), problem);
        Assert.Single(verdict.Problems);
    }

    [Fact]
    public async Task Another_mailbox_that_has_the_message_needs_its_body()
    {
        var log = new TestLog();
        log.Collected[s_body] = "collected";
        var members = $$""","mailbox":{"id":1},"messages":[{"uid":7,"blobId":"{{s_body}}"}]""";
        Write(log, "MessageNew", members);
        var other = Write(log, "MessageAppend", members, mailbox: 1);
        Write(log, "MessageExpunge 1 7");
        using var export = await ExportedFolder.OfAsync(log);
        var verdict = await Verifier.CheckAsync(export.Path);
        verdict.Names($"mailbox {other.Account.Value}", "still in the mailbox");
        Assert.Single(verdict.Problems);
    }

    private static void Write(TestLog log, string text)
    {
        var words = text.Split(' ');
        var members = words[0] switch
        {
            "HoldApplied" or "HoldReleased" => $",\"case\":\"{words[1]}\"",
            "MailboxDelete" => $$""","mailbox":{"id":{{words[1]}}}""",
            "MessageExpunge" => $$""","mailbox":{"id":{{words[1]}}},"messages":[{"uids":"{{words[2]}}"}]""",
            _ => Transfer(words[1].Split('<'), words[2].Split('=')),
        };
        Write(log, words[0], members);

        static string Transfer(string[] folders, string[] uids) =>
            $$""","mailbox":{"id":{{folders[0]}},"oldId":{{folders[1]}}},"messages":[{"uids":"{{uids[1]}}","oldUids":"{{uids[0]}}"}]""";
    }

    private static EventRecord Write(TestLog log, string type, string members, int mailbox = 0)
    {
        var events = log.Events[0];
        var account = events.Select(e => e.Account).Distinct().ElementAt(mailbox);
        var made = TestLog.Make(0, events.Count + 1, account, events.Last(e => e.Account == account), events[^1].Event.At.AddSeconds(1), type, members);
        events.Add(made);
        return made;
    }
}
