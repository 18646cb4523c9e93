using System.Text.Json;
using MailGrains.Verify.Checkpoints;

namespace MailGrains.Verify.Files;

/// <summary>log.json: what the export says about itself.</summary>
/// <param name="Key">The key that came with the export.</param>
/// <param name="HasHeads">Format 2: what is signed about all partitions at once.</param>
internal sealed record LogFile(string Name, int Partitions, NoteKey Key, bool HasHeads)
{
    private const int Limit = 64 * 1024;
    private const int MaxPartitions = 64 * 1024;
    private const int MaxNameLength = 1000;

    /// <exception cref="UnreadableException">There is none, or it is of another format.</exception>
    public static LogFile Read(ExportFolder folder)
    {
        try
        {
            var octets = folder.ReadSmall("log.json", Limit);
            return (octets is null ? null : Parse(octets)) ?? throw new UnreadableException($"{folder.Root}: log.json is none of format 1 or 2.");
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            throw new UnreadableException($"{folder.Root} is no whole export: log.json can't be read ({failure.Message}).");
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            throw new UnreadableException($"{folder.Root}: log.json is no JSON.");
        }
    }

    /// <summary>The origin of a partition's checkpoints.</summary>
    public string Origin(int partition) => $"{Name}/{partition}";

    private static LogFile? Parse(byte[] octets)
    {
        using var json = JsonDocument.Parse(octets, new JsonDocumentOptions { MaxDepth = 8 });
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object || Number(root, "format") is not (>= 1 and <= 2 and var format)) return null;
        if (Text(root, "name") is not { Length: > 0 and <= MaxNameLength } name || name.Any(char.IsControl)) return null;
        if (Number(root, "partitions") is not (> 0 and <= MaxPartitions and var partitions) || NoteKey.TryParse(Text(root, "key")) is not { } key) return null;
        return new LogFile(name, partitions, key, HasHeads: format == 2);
    }

    private static int? Number(JsonElement root, string member) =>
        root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static string? Text(JsonElement root, string member) =>
        root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
