using MailGrains.Frontends.Connections;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>What is told of one delivery: one log line and its figures.</summary>
internal readonly struct DeliverySummary(Attempt attempt, LmtpRecipient recipient, TimeSpan took)
{
    public void Delivered(ILogger log, DeliveryResult result)
    {
        DeliveryMetrics.Record(result.Duplicate ? "duplicate" : "stored", took.TotalSeconds, Size);
        if (log.IsEnabled(LogLevel.Information))
            Log.Delivered(log, attempt.Id, Recipient, Sender, MessageId, Size, LogText.Escape(result.Path), result.Uid, result.Duplicate, Milliseconds);
    }

    public void Failed(ILogger log, Exception failure)
    {
        var refused = failure as MailboxException;
        DeliveryMetrics.Record(refused is { IsTemporary: false } ? "refused" : "deferred", took.TotalSeconds, Size);
        if (refused is not null)
            Log.Refused(log, attempt.Id, Recipient, Sender, MessageId, Size, refused.Error, Milliseconds);
        else
            Log.DeliveryFailed(log, failure, attempt.Id, Recipient, Sender, MessageId, Size, Milliseconds);
    }

    private int Size => attempt.Content.Bytes.Length;

    private string Recipient => LogText.Escape(recipient.Path.Address);

    private string Sender => LogText.Escape(attempt.Transaction.Sender.Address);

    private string MessageId => LogText.Escape(attempt.Content.MessageId ?? "");

    private double Milliseconds => Math.Round(took.TotalMilliseconds, 1);
}
