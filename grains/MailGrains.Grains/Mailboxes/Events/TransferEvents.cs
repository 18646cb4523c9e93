using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>MessageCopy, MessageMove and MessageExpunge: many messages in one event, as parallel run-length lists.</summary>
internal static class TransferEvents
{
    public static void Copied(MailboxTurn turn, FolderState source, FolderState destination, bool move, MessageRun run)
    {
        var writer = EventWriter.Begin(turn, move ? "MessageMove" : "MessageCopy");
        writer.Mailbox(destination, old: source.Row);
        Messages(writer, run);
        writer.End();
    }

    public static void Expunged(MailboxTurn turn, FolderState folder, MessageRun run)
    {
        var writer = EventWriter.Begin(turn, "MessageExpunge");
        writer.Mailbox(folder);
        Messages(writer, run);
        writer.End();
    }

    private static void Messages(EventWriter writer, MessageRun run)
    {
        var json = writer.Json;
        json.WriteStartArray("messages"u8);
        json.WriteStartObject();
        json.WriteString("uids"u8, run.Uids.ToString());
        if (run.OldUids is not null) json.WriteString("oldUids"u8, run.OldUids.ToString());
        json.WriteString("emailIds"u8, run.EmailIds);
        json.WriteNumber("sizeBytes"u8, run.SizeBytes);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
