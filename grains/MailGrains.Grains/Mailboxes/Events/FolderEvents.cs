using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>MailboxCreate, MailboxDelete, MailboxRename, MailboxSubscribe, MailboxUnsubscribe (RFC 5423 section 4.4).</summary>
internal static class FolderEvents
{
    public static void Created(MailboxTurn turn, FolderState folder) => Write(turn, "MailboxCreate", folder);

    public static void Deleted(MailboxTurn turn, FolderState folder) => Write(turn, "MailboxDelete", folder);

    public static void Renamed(MailboxTurn turn, FolderState folder, string oldPath) => Write(turn, "MailboxRename", folder, oldPath);

    /// <param name="folder">null when the name subscribed to is no folder.</param>
    public static void Subscribed(MailboxTurn turn, string path, FolderState? folder, bool subscribed)
    {
        var writer = EventWriter.Begin(turn, subscribed ? "MailboxSubscribe" : "MailboxUnsubscribe");
        if (folder is not null)
        {
            writer.Mailbox(folder);
        }
        else
        {
            writer.Json.WriteStartObject("mailbox"u8);
            writer.Json.WriteString("path"u8, path);
            writer.Json.WriteEndObject();
        }

        writer.End();
    }

    private static void Write(MailboxTurn turn, string type, FolderState folder, string? oldPath = null)
    {
        var writer = EventWriter.Begin(turn, type);
        writer.Mailbox(folder, oldPath);
        writer.End();
    }
}
