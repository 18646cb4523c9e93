using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Lmtp;
using MailGrains.Mime;
using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>
/// Brings one received message to all recipients of its transaction.
/// 1. Refuse what no recipient may have: too big, in a loop.
/// 2. Hash and summarize the bytes once.
/// 3. Call each account's mailbox once, all at the same time; two addresses of one account, or groups it is in, are one delivery.
/// 4. Answer per recipient, in the order of the RCPT commands (RFC 2033 section 4.2), when its call has returned: then it is durable.
/// </summary>
internal sealed class Deliverer(IDeliveryTarget target, Rejections rejections, LmtpOptions options, TimeProvider time, ILogger log)
{
    /// <summary>The replies, one per recipient in order. Takes the buffer over.</summary>
    public async Task<IReadOnlyList<LmtpReply>> DeliverAsync(LmtpSession session, LmtpTransaction transaction, MessageBuffer buffer)
    {
        var mayStillBeRead = false;
        try
        {
            // 1.
            if (buffer.IsOverLimit)
                return Everyone(session, transaction, LmtpReplies.TooBig);
            var head = MessageHead.Read(buffer.Message.Span);
            if (head.Received >= options.MaxReceived)
                return Everyone(session, transaction, LmtpReplies.Loop, buffer.Message, head);

            // 2.
            var content = Summarize(buffer.Message, head);
            var attempt = new Attempt(session, transaction, content, Attempt.OriginOf(session), time.GetTimestamp());

            // 3.
            var calls = new Dictionary<AccountId, Task<Outcome>>(transaction.Recipients.Count);
            foreach (var recipient in transaction.Recipients)
            {
                foreach (var account in recipient.Accounts)
                {
                    if (!calls.ContainsKey(account))
                        calls.Add(account, CallAsync(attempt, recipient, account));
                }
            }

            var outcomes = await Task.WhenAll(calls.Values);
            mayStillBeRead = outcomes.Any(outcome => outcome.Failure is not (null or MailboxException));

            // 4.
            return transaction.Recipients.ConvertAll(recipient => Answer(recipient, calls));
        }
        finally
        {
            if (mayStillBeRead)
                buffer.Abandon();
            else
                buffer.Dispose();
        }
    }

    /// <param name="message">Empty: it was not read to its end.</param>
    private List<LmtpReply> Everyone(
        LmtpSession session, LmtpTransaction transaction, LmtpReply reply, ReadOnlyMemory<byte> message = default, MessageHead head = default)
    {
        BlobId? blob = message.IsEmpty ? null : BlobId.Of(message.Span);
        foreach (var (account, path) in transaction.Recipients.SelectMany(r => r.Accounts.Select(a => (Account: a, r.Path))).DistinctBy(r => r.Account))
        {
            rejections.Tell(session, new Rejection(account, path, reply)
            {
                Message = blob,
                MessageId = head.MessageId,
                Size = message.IsEmpty ? null : message.Length,
            });
        }

        return transaction.Recipients.ConvertAll(_ => reply);
    }

    private static MessageContent Summarize(ReadOnlyMemory<byte> message, MessageHead head) => new()
    {
        Blob = BlobId.Of(message.Span),
        Bytes = message,
        Summary = SummaryBuilder.BuildEncoded(message.Span),
        MessageId = head.MessageId,
    };

    private async Task<Outcome> CallAsync(Attempt attempt, LmtpRecipient recipient, AccountId account)
    {
        var delivery = attempt.For(recipient, account, options.HostName, time.GetUtcNow());
        try
        {
            var result = await target.DeliverAsync(account, delivery);
            Summary(attempt, recipient).Delivered(log, result);
            return new Outcome(result, null);
        }
        catch (Exception failure)
        {
            Summary(attempt, recipient).Failed(log, failure);
            Tell(attempt, recipient, account, failure);
            return new Outcome(null, failure);
        }
    }

    /// <summary>A full mailbox tells its log itself, once.</summary>
    private void Tell(Attempt attempt, LmtpRecipient recipient, AccountId account, Exception failure)
    {
        if (failure is not MailboxException { Error: not MailboxError.OverQuota }) return;
        rejections.Tell(
            attempt.Session,
            new Rejection(account, recipient.Path, DeliveryReply.Failed(recipient.Path, failure, options.OverQuotaIsPermanent))
            {
                Message = attempt.Content.Blob,
                MessageId = attempt.Content.MessageId,
                Size = attempt.Content.Bytes.Length,
            });
    }

    private DeliverySummary Summary(Attempt attempt, LmtpRecipient recipient) => new(attempt, recipient, time.GetElapsedTime(attempt.Started));

    private LmtpReply Answer(LmtpRecipient recipient, Dictionary<AccountId, Task<Outcome>> calls)
    {
        if (recipient.Accounts is [var account])
        {
            return calls[account].Result is { Result: { } result }
                ? DeliveryReply.Delivered(recipient.Path, account, result)
                : DeliveryReply.Failed(recipient.Path, calls[account].Result.Failure!, options.OverQuotaIsPermanent);
        }

        var failures = recipient.Accounts.Select(member => calls[member].Result.Failure).OfType<Exception>().ToList();
        return DeliveryReply.ToGroup(recipient.Path, recipient.Accounts.Length, failures, options.OverQuotaIsPermanent);
    }

    private readonly record struct Outcome(DeliveryResult? Result, Exception? Failure);
}
