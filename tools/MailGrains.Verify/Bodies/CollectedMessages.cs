using System.Text.Json;
using MailGrains.Verify.Events;

namespace MailGrains.Verify.Bodies;

/// <summary>
/// Follows the messages of a partition whose bodies are listed as collected: how they came, were copied and moved, and left. A body is rightly collected only
/// when no message that has it is in its mailbox any more, or left it under a hold that is in force; the list itself is not signed, the events are. What
/// came before the first event that is there is not followed.
/// </summary>
internal sealed class CollectedMessages(int partition, HashSet<Digest> collected, Report report)
{
    private readonly Dictionary<Guid, FollowedMailbox> _mailboxes = [];

    /// <summary>The next event.</summary>
    public void Follow(EventRow row)
    {
        if (collected.Count == 0 || !Concerns(row.Type)) return;
        try
        {
            using var payload = JsonDocument.Parse(row.Payload);
            Follow(row, payload.RootElement);
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException or FormatException or OverflowException or KeyNotFoundException)
        {
            // Whether a payload is what it should be is looked at elsewhere; one without places of messages tells nothing here.
        }
    }

    /// <summary>After the last event.</summary>
    public void Conclude()
    {
        foreach (var mailbox in _mailboxes.Values)
        {
            foreach (var message in mailbox.Present)
                Name(message, "is still in the mailbox");
            foreach (var message in mailbox.Held)
                Name(message, "left the mailbox under a hold that is in force");
        }

        _mailboxes.Clear();
    }

    private void Name(FollowedMessage message, string why) =>
        report.Problem(partition, message.Arrival, $"the body {message.Body} is said to be collected, but its message {why}");

    private static bool Concerns(string type) => type is
        "MessageNew" or "MessageAppend" or "MessageCopy" or "MessageMove" or "MessageExpunge" or "MailboxDelete" or "HoldApplied" or "HoldReleased";

    private void Follow(EventRow row, JsonElement payload)
    {
        if (row.Type is "MessageNew" or "MessageAppend") Arrived(row, payload);
        else if (row.Type == "HoldApplied") MailboxOf(row).Hold(payload.GetProperty("case").GetString()!);
        else if (_mailboxes.TryGetValue(row.Account, out var mailbox)) Changed(row.Type, payload, mailbox);
    }

    private void Arrived(EventRow row, JsonElement payload)
    {
        var arrival = row with { Payload = [] };
        foreach (var message in payload.GetProperty("messages").EnumerateArray())
        {
            if (BodyOf(message) is { } body && collected.Contains(body))
                MailboxOf(row).Add(Number(payload, "id"), message.GetProperty("uid").GetUInt32(), new FollowedMessage(arrival, body));
        }
    }

    private static void Changed(string type, JsonElement payload, FollowedMailbox mailbox)
    {
        switch (type)
        {
            case "HoldReleased":
                mailbox.Release(payload.GetProperty("case").GetString()!);
                break;
            case "MailboxDelete":
                mailbox.RemoveFolder(Number(payload, "id"));
                break;
            case "MessageExpunge":
                foreach (var message in payload.GetProperty("messages").EnumerateArray()) mailbox.Remove(Number(payload, "id"), Uids(message, "uids"));
                break;
            default:
                foreach (var message in payload.GetProperty("messages").EnumerateArray())
                {
                    var (old, now) = (Uids(message, "oldUids"), Uids(message, "uids"));
                    mailbox.Transfer(Number(payload, "oldId"), old, Number(payload, "id"), now, type == "MessageMove");
                }

                break;
        }
    }

    private FollowedMailbox MailboxOf(EventRow row)
    {
        if (!_mailboxes.TryGetValue(row.Account, out var mailbox)) _mailboxes[row.Account] = mailbox = new FollowedMailbox();
        return mailbox;
    }

    private static Digest? BodyOf(JsonElement message) =>
        message.GetProperty("blobId").GetString() is { } blob ? Digest.TryParse(System.Text.Encoding.UTF8.GetBytes(blob)) : null;

    private static long Number(JsonElement payload, string member) => payload.GetProperty("mailbox").GetProperty(member).GetInt64();

    private static UidRanges Uids(JsonElement message, string member) => UidRanges.Parse(message.GetProperty(member).GetString() ?? "");
}
