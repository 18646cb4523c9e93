using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>
/// FlagsSet, FlagsClear, MessageRead (\Seen was set) and MessageTrash (\Deleted was set), RFC 5423 section 4.2. One STORE makes at most
/// one of each.
/// </summary>
internal static class FlagEvents
{
    public static void Changed(MailboxTurn turn, FolderState folder, IReadOnlyCollection<FlagGroup> groups)
    {
        Write(turn, "MessageRead", folder, groups, g => (g.After - g.Before) & MessageFlags.Seen);
        Write(turn, "MessageTrash", folder, groups, g => (g.After - g.Before) & MessageFlags.Deleted);
        Write(turn, "FlagsSet", folder, groups, g => g.After - g.Before - (MessageFlags.Seen | MessageFlags.Deleted));
        Write(turn, "FlagsClear", folder, groups, g => g.Before - g.After);
    }

    private static void Write(
        MailboxTurn turn, string type, FolderState folder, IReadOnlyCollection<FlagGroup> groups, Func<FlagGroup, MessageFlags> concerned)
    {
        var names = MessageFlags.None;
        foreach (var group in groups) names |= concerned(group);
        if (names.IsEmpty) return;

        var writer = EventWriter.Begin(turn, type);
        writer.Mailbox(folder);
        writer.Flags("flagNames"u8, names);
        writer.Json.WriteStartArray("messages"u8);
        foreach (var group in groups)
        {
            if (concerned(group).IsEmpty) continue;
            writer.Json.WriteStartObject();
            writer.Json.WriteString("uids"u8, group.Uids.Build().ToString());
            writer.Flags("flagsBefore"u8, group.Before);
            writer.Flags("flagsAfter"u8, group.After);
            writer.Json.WriteEndObject();
        }

        writer.Json.WriteEndArray();
        writer.End();
    }
}
