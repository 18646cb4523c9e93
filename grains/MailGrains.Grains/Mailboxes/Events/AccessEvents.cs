using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>MessageAccessed: who has a session reads messages. Nothing is changed by it.</summary>
internal static class AccessEvents
{
    public static void Accessed(MailboxTurn turn, FolderState folder, UidSet uids, ContentAccess content)
    {
        var writer = EventWriter.Begin(turn, "MessageAccessed");
        writer.Mailbox(folder);
        writer.Json.WriteString("content"u8, content == ContentAccess.Body ? "body"u8 : "headers"u8);
        writer.Json.WriteStartArray("messages"u8);
        writer.Json.WriteStartObject();
        writer.Json.WriteString("uids"u8, uids.ToString());
        writer.Json.WriteEndObject();
        writer.Json.WriteEndArray();
        writer.End();
    }
}
