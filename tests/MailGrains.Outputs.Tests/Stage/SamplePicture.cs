using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Mailboxes;
using MailGrains.Subscribers.Snapshots;

namespace MailGrains.Outputs.Tests.Stage;

/// <summary>The picture of a mailbox with two messages in INBOX and an empty folder, as the server takes it.</summary>
internal static class SamplePicture
{
    public static readonly DateTimeOffset Saved = new(2019, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private static readonly FolderRow Inbox = new()
    {
        Id = FolderId.Inbox,
        Path = "INBOX",
        UidValidity = 1772368215,
        UidNext = 8,
        HighestModSeq = 12,
        Messages = 2,
        Unseen = 1,
        SizeBytes = 300,
    };

    private static readonly FolderRow Empty = new()
    {
        Id = new FolderId(7),
        Path = "Archive/2026",
        SpecialUse = "Archive",
        UidValidity = 1772368222,
        UidNext = 1,
        HighestModSeq = 1,
    };

    /// <param name="sequence">Of the mailbox's last event.</param>
    /// <param name="flags">Of the message with UID 7.</param>
    public static async IAsyncEnumerable<SnapshotRecord> ReadAsync(long sequence = 812, MessageFlags flags = default)
    {
        await Task.Yield();
        var claim = new MailboxClaim(
            SampleEvents.Account, 1, MailboxHead.Empty with { EventSequence = sequence, ModSeq = 12, Messages = 2 }, [Inbox, Empty], [], ["INBOX"]);
        yield return SnapshotWriter.Mailbox(claim);
        var saved = (uint)Saved.ToUnixTimeSeconds();
        var page = new MessagePage
        {
            Number = 0,
            Uids = [3, 7],
            Flags = [MessageFlags.Seen, flags],
            ModSeqs = [5, 12],
            InternalDates = [saved, saved],
            SaveDates = [saved, saved],
            Sizes = [100, 200],
            EmailIds = [4, 9],
        };
        var content = new EmailRecord(new EmailId(9), BlobId.Of("x"u8), default, new BodyLocator(0, 0, 1, 1), default);
        yield return SnapshotWriter.Folder(claim, Inbox, [page], new Dictionary<EmailId, EmailRecord> { [content.Id] = content });
    }
}
