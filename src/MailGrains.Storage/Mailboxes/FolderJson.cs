using System.Globalization;
using System.Text.Json;

namespace MailGrains.Storage.Mailboxes;

/// <summary>What events and pictures of mailboxes say of a folder alike (docs/events.md).</summary>
public static class FolderJson
{
    /// <summary>The members that name it: <c>id</c>, <c>uidValidity</c>, <c>path</c>, <c>specialUse</c> if it has one, and <c>stateId</c>.</summary>
    /// <param name="state">Of this folder; whoever writes often keeps it.</param>
    public static void WriteName(Utf8JsonWriter json, FolderRow folder, FolderStateId state)
    {
        json.WriteNumber("id"u8, folder.Id.Value);
        json.WriteNumber("uidValidity"u8, folder.UidValidity);
        json.WriteString("path"u8, folder.Path);
        if (folder.SpecialUse is not null) json.WriteString("specialUse"u8, folder.SpecialUse);
        Span<byte> hex = stackalloc byte[2 * sizeof(ulong)];
        state.Value.TryFormat(hex, out _, "x16", CultureInfo.InvariantCulture);
        json.WriteString("stateId"u8, hex);
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
