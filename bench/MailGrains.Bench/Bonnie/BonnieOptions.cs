namespace MailGrains.Bench.Bonnie;

/// <summary>How large the load is.</summary>
/// <param name="Mailboxes">Accounts, from 1 on; all exist.</param>
/// <param name="Deliveries">Messages to one mailbox each.</param>
/// <param name="Recipients">Of the one message at the end.</param>
/// <param name="RecipientsOfTransaction">How many of them the server takes at once.</param>
/// <param name="Connections">That deliver at the same time.</param>
/// <param name="MedianSize">Of the messages, in octets.</param>
/// <param name="Subscribers">How many the server has been given.</param>
internal sealed record BonnieOptions(
    int Mailboxes, int Deliveries, int Recipients, int RecipientsOfTransaction, int Connections, int MedianSize, int Subscribers)
{
    public static string Address(int mailbox) => FormattableString.Invariant($"user{mailbox:D7}@example.org");
}
