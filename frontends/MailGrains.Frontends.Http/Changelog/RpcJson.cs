using System.Globalization;
using System.Text.Json;
using MailGrains.Changelog.Differences;
using MailGrains.Changelog.History;
using MailGrains.Changelog.Objects;
using MailGrains.Changelog.Properties;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>Writes results in the form of Bonnie's client API.</summary>
internal static class RpcJson
{
    public static void WriteChangelog(Utf8JsonWriter writer, RpcCall call, IReadOnlyList<HistoryEntry> changes)
    {
        writer.WriteStartObject();
        writer.WriteString("uid", call.Uid);
        writer.WriteStartArray("changes");
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("op", change.Operation.ToString().ToUpperInvariant());
            WriteEntry(writer, change, call.Login);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void WriteEntry(Utf8JsonWriter writer, HistoryEntry entry, string login)
    {
        writer.WriteNumber("rev", entry.Revision);
        writer.WriteString("date", entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("user", entry.Actor);
        writer.WriteString("mailbox", MailboxIdentifier.Format(login, entry.Folder));
    }

    public static void WriteObject(Utf8JsonWriter writer, RpcCall call, HistoryEntry entry, GroupwareObject found)
    {
        writer.WriteStartObject();
        writer.WriteString("uid", call.Uid);
        writer.WriteNumber("rev", entry.Revision);
        writer.WriteString("type", found.MediaType);
        writer.WriteString("xml", found.Payload);
        writer.WriteString("mailbox", MailboxIdentifier.Format(call.Login, entry.Folder));
        writer.WriteEndObject();
    }

    public static void WriteDiff(Utf8JsonWriter writer, RpcCall call, long revision, IReadOnlyList<PropertyChange> changes)
    {
        writer.WriteStartObject();
        writer.WriteString("uid", call.Uid);
        writer.WriteNumber("rev", revision);
        writer.WriteStartArray("changes");
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("op", change.Kind.ToString().ToUpperInvariant());
            writer.WriteString("property", change.Property);
            if (change.Index is { } index) writer.WriteNumber("index", index);
            WriteValue(writer, "old", change.Old);
            WriteValue(writer, "new", change.New);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, PropertyValue? value)
    {
        if (value?.Fields is not { } fields)
        {
            writer.WriteString(name, value?.Text);
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (field, text) in fields) writer.WriteString(field, text);
        writer.WriteEndObject();
    }
}
