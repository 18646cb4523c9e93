using MailGrains.Model;

namespace MailGrains.Storage.Mailboxes;

/// <summary>The counters of one mailbox as of its last commit. All only ever grow, but for the two totals.</summary>
/// <param name="ModSeq">Highest MODSEQ given out (RFC 7162); one counter for the whole mailbox.</param>
/// <param name="LastEmail">Highest <see cref="EmailId"/> given out.</param>
/// <param name="LastFolder">Highest <see cref="FolderId"/> given out.</param>
/// <param name="LastUidValidity">Highest UIDVALIDITY given out in this mailbox.</param>
/// <param name="EventSequence">Sequence of the mailbox's last event; gapless from 1.</param>
/// <param name="LastEventHash">Hash of the mailbox's last event: the chain's end. All zero before the first.</param>
/// <param name="Messages">Messages in all folders (quota MESSAGE, RFC 9208).</param>
/// <param name="SizeBytes">Sum of their RFC822.SIZE (quota STORAGE).</param>
public sealed record MailboxHead(
    long ModSeq,
    long LastEmail,
    int LastFolder,
    uint LastUidValidity,
    long EventSequence,
    BlobId LastEventHash,
    long Messages,
    long SizeBytes)
{
    public static readonly MailboxHead Empty = new(0, 0, 0, 0, 0, default, 0, 0);
}
