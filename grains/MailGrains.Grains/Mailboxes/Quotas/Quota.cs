using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.Quotas;

/// <summary>What a mailbox may hold, against what it holds.</summary>
internal static class Quota
{
    public static bool IsSet(MailboxLimits limits) => limits.QuotaBytes > 0 || limits.QuotaMessages > 0;

    public static bool Refuses(MailboxLimits limits, MailboxHead head, long messages, long octets) =>
        (limits.QuotaBytes > 0 && head.SizeBytes + octets > limits.QuotaBytes)
        || (limits.QuotaMessages > 0 && head.Messages + messages > limits.QuotaMessages);

    /// <summary>True when what was refused would be taken now. What is more than the whole quota would be if there were nothing else.</summary>
    public static bool HasRoom(MailboxLimits limits, MailboxHead head, Refusal refused) => !Refuses(
        limits,
        head,
        limits.QuotaMessages > 0 ? Math.Min(refused.Messages, limits.QuotaMessages) : refused.Messages,
        limits.QuotaBytes > 0 ? Math.Min(refused.Octets, limits.QuotaBytes) : refused.Octets);
}
