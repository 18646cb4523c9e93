using MailGrains.Lmtp;
using MailGrains.Model;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>What one mailbox did not take.</summary>
/// <param name="Reply">What the mailbox's recipient was answered, or would have been if it were not one of a group.</param>
internal sealed record Rejection(AccountId Account, MailPath Recipient, LmtpReply Reply)
{
    /// <summary>SHA-256 of the message; null: it was not read, or not to its end.</summary>
    public BlobId? Message { get; init; }

    public string? MessageId { get; init; }

    /// <summary>Octets; null: not known.</summary>
    public int? Size { get; init; }
}
