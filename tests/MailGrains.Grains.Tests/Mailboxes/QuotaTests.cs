using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Tests.Mailboxes;

public sealed class QuotaTests
{
    [Fact]
    public void Arrivals_and_copies_over_the_quota_are_refused_and_moves_are_not()
    {
        var state = With(new MailboxLimits(), messages: 10, default);
        foreach (var limits in new[] { new MailboxLimits { QuotaMessages = 10 }, new MailboxLimits { QuotaBytes = 10 * 100 } })
        {
            Assert.Equal(MailboxError.OverQuota, Refusal(() => Arrive(Turn(state, limits), 1)));
            Assert.Equal(MailboxError.OverQuota, Refusal(() => Transfer(Turn(state, limits), move: false)));
            Transfer(Turn(state, limits), move: true);
        }

        Arrive(Turn(state, new MailboxLimits { QuotaMessages = 11 }), 1);
    }

    [Fact]
    public void Folders_are_limited()
    {
        var state = With(new MailboxLimits(), messages: 1, default);
        var turn = Turn(state, new MailboxLimits { MaxFolders = 7 });
        FolderTurn.Create(turn, "a", null);
        Assert.Equal(MailboxError.Limit, Refusal(() => FolderTurn.Create(turn, "b", null)));
    }

    private static MailboxError Refusal(Action act) => Assert.Throws<MailboxException>(act).Error;

    private static void Arrive(MailboxTurn turn, int messages)
    {
        var delivery = TestMailbox.Delivery();
        var message = new IncomingMessage(delivery.Content, delivery.Prefix, default, default, 0);
        ArrivalTurn.Apply(turn, FolderId.Inbox, [.. Enumerable.Repeat(message, messages)]);
    }

    private static void Transfer(MailboxTurn turn, bool move)
    {
        var slices = turn.Folder(FolderId.Inbox).Messages.SlicesOfUids(UidSet.Between(1, 1));
        CopyTurn.Apply(turn, FolderId.Inbox, new FolderId(2), slices, move);
    }

    private static MailboxState With(MailboxLimits limits, int messages, AccountId account)
    {
        var turn = Turn(MailboxState.Of(new MailboxClaim(account, 1, MailboxHead.Empty, [], [], [])), limits);
        FolderTurn.CreateMailbox(turn);
        ArrivalTurn.Enter(turn, turn.Folder(FolderId.Inbox), FolderMessagesTests.Entries(1, messages, turn.ModSeq));
        return turn.Build(_ => 0).After;
    }

    private static MailboxTurn Turn(MailboxState state, MailboxLimits limits) =>
        new(state, default, 1, new TurnOrigin(SessionId.None, TestMailbox.Imap, DateTimeOffset.UnixEpoch.AddDays(20_000)), limits);
}
