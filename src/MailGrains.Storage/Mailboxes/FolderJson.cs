using System.Text.Json;

namespace MailGrains.Storage.Mailboxes;

/// <summary>What events and pictures of mailboxes say of a folder alike (docs/events.md).</summary>
public static class FolderJson
{
    /// <summary>The members that name it: <c>id</c>, <c>uidValidity</c>, <c>path</c>, and <c>specialUse</c> if it has one.</summary>
    public static void WriteName(Utf8JsonWriter json, FolderRow folder)
    {
        json.WriteNumber("id"u8, folder.Id.Value);
        json.WriteNumber("uidValidity"u8, folder.UidValidity);
        json.WriteString("path"u8, folder.Path);
        if (folder.SpecialUse is not null) json.WriteString("specialUse"u8, folder.SpecialUse);
    }

    /// <summary>The member <c>counters</c>.</summary>
    public static void WriteCounters(Utf8JsonWriter json, FolderRow folder)
    {
        json.WriteStartObject("counters"u8);
        json.WriteNumber("messages"u8, folder.Messages);
        json.WriteNumber("unseen"u8, folder.Unseen);
        json.WriteNumber("uidNext"u8, folder.UidNext);
        json.WriteNumber("sizeBytes"u8, folder.SizeBytes);
        json.WriteEndObject();
    }
}
