using MailGrains.Grains.Mailboxes.Quotas;
using MailGrains.Grains.Mailboxes.Turns;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>QuotaExceed and QuotaWithin (RFC 5423 section 4.4): about the mailbox as a whole.</summary>
internal static class QuotaEvents
{
    public static void Exceeded(MailboxTurn turn, Refusal refused)
    {
        var writer = EventWriter.Begin(turn, "QuotaExceed");
        writer.Quota();
        writer.Json.WriteStartObject("refused"u8);
        writer.Json.WriteNumber("messages"u8, refused.Messages);
        writer.Json.WriteNumber("sizeBytes"u8, refused.Octets);
        writer.Json.WriteEndObject();
        writer.End();
    }

    public static void Within(MailboxTurn turn)
    {
        var writer = EventWriter.Begin(turn, "QuotaWithin");
        writer.Quota();
        writer.End();
    }
}
