using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.Tests.Commit;

/// <summary>The smallest commits that tell one from another: by their MODSEQ.</summary>
internal static class Commits
{
    public static MailboxCommit Make(AccountId account, long modSeq, long epoch = 1, int eventBytes = 0) => new()
    {
        Account = account,
        Epoch = epoch,
        Head = MailboxHead.Empty with { ModSeq = modSeq },
        Events = eventBytes == 0 ? [] : [new EventWrite(1, "Test", DateTimeOffset.UnixEpoch, default, default, new byte[eventBytes])],
    };

    public static MailboxCommit MakeAppend(AccountId account, long modSeq, BodyLocator body, long epoch = 1) => new()
    {
        Account = account,
        Epoch = epoch,
        Head = MailboxHead.Empty with { ModSeq = modSeq },
        Emails = [new EmailWrite(new EmailId(modSeq), default, body, default, default)],
    };
}
