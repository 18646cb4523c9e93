using MailGrains.Frontends.Connections;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>The one log line of one delivery.</summary>
internal readonly struct DeliverySummary(Attempt attempt, LmtpRecipient recipient, TimeProvider time)
{
    public void Delivered(ILogger log, DeliveryResult result)
    {
        if (!log.IsEnabled(LogLevel.Information))
            return;
        Log.Delivered(
            log, attempt.Id, Recipient, Sender, MessageId, attempt.Content.Bytes.Length, LogText.Escape(result.Path), result.Uid, result.Duplicate, Milliseconds);
    }

    public void Failed(ILogger log, Exception failure)
    {
        if (failure is MailboxException refused)
            Log.Refused(log, attempt.Id, Recipient, Sender, MessageId, attempt.Content.Bytes.Length, refused.Error, Milliseconds);
        else
            Log.DeliveryFailed(log, failure, attempt.Id, Recipient, Sender, MessageId, attempt.Content.Bytes.Length, Milliseconds);
    }

    private string Recipient => LogText.Escape(recipient.Path.Address);

    private string Sender => LogText.Escape(attempt.Transaction.Sender.Address);

    private string MessageId => LogText.Escape(attempt.Content.MessageId ?? "");

    private double Milliseconds => Math.Round(time.GetElapsedTime(attempt.Started).TotalMilliseconds, 1);
}
