using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Lmtp;
using MailGrains.Model;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>
/// What a relay is told of one delivery. 4yz keeps the message in its queue, 5yz sends it back: anything that may pass is
/// 4yz, and nothing tells internals.
/// </summary>
internal static class DeliveryReply
{
    /// <summary>With the receipt the delivery is found in the log, and shown to be what it was (docs/evidence.md).</summary>
    public static LmtpReply Delivered(MailPath recipient, AccountId account, DeliveryResult result) => new(
        250,
        "2.1.5",
        result.EventHash is { } hash ? $"{recipient} delivered, receipt {new Receipt(account, result.EventSequence, hash)}" : $"{recipient} delivered");

    public static LmtpReply Failed(MailPath recipient, Exception failure, bool overQuotaIsPermanent) => failure switch
    {
        MailboxException mailbox => Failed(recipient, mailbox.Error, overQuotaIsPermanent),
        TimeoutException => new LmtpReply(451, "4.4.2", $"{recipient} mailbox did not answer in time"),
        _ => new LmtpReply(451, "4.3.0", $"{recipient} mailbox is not available now"),
    };

    /// <summary>
    /// One reply for all members. While one of them can have it later, the relay keeps it: the next attempt gives it to nobody twice. When nobody can
    /// have it, the sender hears; when some can't, that is in the log.
    /// </summary>
    public static LmtpReply ToGroup(MailPath recipient, int members, IReadOnlyList<Exception> failures, bool overQuotaIsPermanent)
    {
        var replies = failures.Select(failure => Failed(recipient, failure, overQuotaIsPermanent)).ToList();
        if (replies.Find(reply => reply.Code < 500) is { } later) return later;
        return replies.Count == members ? replies[0] : new LmtpReply(250, "2.1.5", $"{recipient} delivered to {members - replies.Count} of {members} members");
    }

    private static LmtpReply Failed(MailPath recipient, MailboxError error, bool overQuotaIsPermanent) => error switch
    {
        MailboxError.OverQuota when overQuotaIsPermanent => new LmtpReply(552, "5.2.2", $"{recipient} mailbox is full"),
        MailboxError.OverQuota => new LmtpReply(452, "4.2.2", $"{recipient} mailbox is full"),
        MailboxError.TooBig => new LmtpReply(552, "5.2.3", $"{recipient} message is too big for this mailbox"),
        MailboxError.Disabled => new LmtpReply(550, "5.2.1", $"{recipient} mailbox is disabled"),
        MailboxError.NoPermission => new LmtpReply(550, "5.7.1", $"{recipient} does not take this message"),
        MailboxError.Unconfirmed => new LmtpReply(451, "4.3.0", $"{recipient} not confirmed in time, send it again"),
        MailboxError.NonExistent => new LmtpReply(550, "5.1.1", $"{recipient} no such mailbox"),
        _ => new LmtpReply(451, "4.3.0", $"{recipient} mailbox is not available now"),
    };
}
