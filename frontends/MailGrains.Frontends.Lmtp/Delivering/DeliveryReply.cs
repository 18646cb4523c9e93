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
    /// <summary>The receipt is the account and the number of the event: with both the delivery is found in the log.</summary>
    public static LmtpReply Delivered(MailPath recipient, AccountId account, DeliveryResult result) =>
        new(250, "2.1.5", $"{recipient} delivered, receipt {account}-{result.EventSequence}");

    public static LmtpReply Failed(MailPath recipient, Exception failure, bool overQuotaIsPermanent) => failure switch
    {
        MailboxException mailbox => Failed(recipient, mailbox.Error, overQuotaIsPermanent),
        TimeoutException => new LmtpReply(451, "4.4.2", $"{recipient} mailbox did not answer in time"),
        _ => new LmtpReply(451, "4.3.0", $"{recipient} mailbox is not available now"),
    };

    private static LmtpReply Failed(MailPath recipient, MailboxError error, bool overQuotaIsPermanent) => error switch
    {
        MailboxError.OverQuota when overQuotaIsPermanent => new LmtpReply(552, "5.2.2", $"{recipient} mailbox is full"),
        MailboxError.OverQuota => new LmtpReply(452, "4.2.2", $"{recipient} mailbox is full"),
        MailboxError.TooBig => new LmtpReply(552, "5.2.3", $"{recipient} message is too big for this mailbox"),
        MailboxError.Disabled => new LmtpReply(550, "5.2.1", $"{recipient} mailbox is disabled"),
        MailboxError.NoPermission => new LmtpReply(550, "5.7.1", $"{recipient} does not take this message"),
        MailboxError.NonExistent => new LmtpReply(550, "5.1.1", $"{recipient} no such mailbox"),
        _ => new LmtpReply(451, "4.3.0", $"{recipient} mailbox is not available now"),
    };
}
