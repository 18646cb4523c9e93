using System.Text.Json;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Reads what the JSON lines handler has written.</summary>
internal static class Lines
{
    /// <summary>All lines of a partition: those of renamed files first, in their order.</summary>
    public static IReadOnlyList<JsonElement> Of(string folder, int partition) =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles($"{partition}.*.jsonl").Select(f => f.FullName).Order(StringComparer.Ordinal)
            .Append(Path.Combine(folder, $"{partition}.jsonl"))
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    public static IEnumerable<long> Positions(string folder, int partition) => Of(folder, partition).Select(l => l.GetProperty("position").GetInt64());
}
