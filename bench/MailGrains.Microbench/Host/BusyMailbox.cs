using System.Text;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Microbench.Host;

/// <summary>The commits of a mailbox that only receives, as its grain would make them, at the least cost.</summary>
internal sealed class BusyMailbox(MailboxClaim claim)
{
    private static readonly byte[] Summary = Enumerable.Range(0, 600).Select(i => (byte)i).ToArray();
    private static readonly byte[] Payload = Encoding.ASCII.GetBytes(new string('e', 700));
    private readonly List<long> _page = [];
    private MailboxHead _head = claim.Head;
    private uint _uid = 1;

    public MailboxCommit Deliver(BlobId blob, BodyLocator body, DateTimeOffset now)
    {
        if (_page.Count > 0 && MessagePage.NumberOf(_uid) != MessagePage.NumberOf(_uid - 1)) _page.Clear();
        var email = new EmailId(_head.LastEmail + 1);
        var hash = EventHash.Compute(_head.LastEventHash, claim.Account, _head.EventSequence + 1, now, "MessageNew", Payload);
        var write = new EventWrite(_head.EventSequence + 1, "MessageNew", now, _head.LastEventHash, hash, Payload);
        _head = _head with
        {
            ModSeq = _head.ModSeq + 1,
            LastEmail = email.Value,
            LastFolder = 1,
            LastUidValidity = 1,
            EventSequence = write.Sequence,
            LastEventHash = hash,
            Messages = _head.Messages + 1,
            SizeBytes = _head.SizeBytes + body.Length,
        };
        _page.Add(email.Value);
        var page = Page(now);
        _uid++;
        return new MailboxCommit
        {
            Account = claim.Account,
            Epoch = claim.Epoch,
            Head = _head,
            Folders = [Folder()],
            Pages = [new PageWrite(FolderId.Inbox, page)],
            Emails = [new EmailWrite(email, blob, body, "Return-Path: <>\r\n"u8.ToArray(), Summary)],
            References = [new EmailReferenceChange(email, 1)],
            Operations = [new OperationWrite(new OperationId(blob), now, BitConverter.GetBytes(_uid))],
            Events = [write],
        };
    }

    private FolderRow Folder() => new()
    {
        Id = FolderId.Inbox,
        Path = "INBOX",
        UidValidity = 1,
        UidNext = _uid,
        HighestModSeq = _head.ModSeq,
        Messages = (int)_head.Messages,
        Unseen = (int)_head.Messages,
        SizeBytes = _head.SizeBytes,
    };

    private MessagePage Page(DateTimeOffset now)
    {
        var count = _page.Count;
        var second = now.ToUnixTimeSeconds();
        return new MessagePage
        {
            Number = MessagePage.NumberOf(_uid),
            Uids = [.. Enumerable.Range(0, count).Select(i => _uid - (uint)(count - 1 - i))],
            Flags = new MessageFlags[count],
            ModSeqs = [.. _page],
            InternalDates = [.. Enumerable.Repeat(second, count)],
            SaveDates = [.. Enumerable.Repeat((uint)second, count)],
            Sizes = [.. Enumerable.Repeat(10_240u, count)],
            EmailIds = [.. _page],
        };
    }
}
