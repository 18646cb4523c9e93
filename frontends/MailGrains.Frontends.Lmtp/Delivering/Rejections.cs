using System.Text;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>
/// Tells mailboxes' logs what they were refused for good. No answer depends on it and nobody waits for it; what can't be written is lost, with a line in the
/// server's log.
/// </summary>
internal sealed class Rejections(IDeliveryTarget target, TimeProvider time, ILogger log)
{
    /// <summary>Of a line of a message (RFC 5322 section 2.1.1): a longer Message-ID is left out.</summary>
    private const int LongestMessageId = 998;

    /// <summary>Temporary refusals are not told: the message comes again.</summary>
    public void Tell(LmtpSession session, Rejection rejection)
    {
        if (rejection.Reply.Code >= 500) _ = TellAsync(session, rejection);
    }

    private async Task TellAsync(LmtpSession session, Rejection rejection)
    {
        try
        {
            var sender = session.Transaction!.Sender.Address;
            var details = EventDetails.None.With("sender", sender).With("recipient", rejection.Recipient.Address)
                .With("code", rejection.Reply.Code).With("status", rejection.Reply.Status);
            if (rejection.MessageId is { Length: <= LongestMessageId } id) details = details.With("messageId", id);
            if (rejection.Size is { } size) details = details.With("size", size);
            await target.RecordAsync(rejection.Account, new AccountEvent
            {
                Type = AccountEventType.MessageRejected,
                Origin = Attempt.OriginOf(session),
                Operation = OperationOf(rejection, sender),
                Details = details,
            });
        }
        catch (Exception failure)
        {
            Log.RejectionNotTold(log, failure, rejection.Account);
        }
    }

    /// <summary>
    /// The same message from the same sender, tried again, leaves nothing more. Of those that were not read one in an hour is told: nobody has to
    /// send anything to make another, so their number must not be the senders' choice.
    /// </summary>
    private BlobId OperationOf(Rejection rejection, string sender)
    {
        var which = rejection.Message is { } message ? $"{message}\0{sender}" : $"{time.GetUtcNow().ToUnixTimeSeconds() / 3600}";
        return BlobId.Of(Encoding.UTF8.GetBytes(
            $"mailgrains.lmtp.rejection.1\0{rejection.Account.Value:N}\0{rejection.Reply.Code} {rejection.Reply.Status}\0{which}"));
    }
}
