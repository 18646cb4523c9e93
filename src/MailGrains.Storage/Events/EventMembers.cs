using System.Globalization;
using System.Text.Json;
using MailGrains.Model;

namespace MailGrains.Storage.Events;

/// <summary>Members of events. A list that is too long for one goes on in the next, with a number behind the name: <c>items</c>, <c>items2</c>.</summary>
public static class EventMembers
{
    /// <param name="part">From 0.</param>
    public static string PartOf(string list, int part) => part == 0 ? list : list + (part + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>null: there is none, or it is no text.</summary>
    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The items of all parts of a list.</summary>
    public static IEnumerable<string> List(JsonElement json, string list, char separator)
    {
        for (var part = 0; Text(json, PartOf(list, part)) is { } text; part++)
            foreach (var item in text.Split(separator, StringSplitOptions.RemoveEmptyEntries)) yield return item;
    }

    /// <summary>The content that an entry of <c>messages</c> names; null: it names none.</summary>
    public static BlobId? Blob(JsonElement entry) => entry.ValueKind == JsonValueKind.Object && Text(entry, "blobId") is { Length: 2 * BlobId.Length } hex
        && hex.All(char.IsAsciiHexDigit) ? BlobId.Read(Convert.FromHexString(hex)) : null;
}
