using System.Numerics;
using System.Text;
using System.Text.Json;
using MailGrains.Verify.Files;

namespace MailGrains.Verify.Events;

/// <summary>Where a partition's events begin: with position 1, or after what events/N.start.json says was left out.</summary>
/// <param name="Size">Events left out.</param>
internal sealed record PartitionStart(long Size, IReadOnlyList<Digest> Frontier)
{
    private const int Limit = 64 * 1024;

    private static readonly PartitionStart First = new(0, []);

    /// <summary>Never null: what can't be read is a problem, and the events are taken from the first on.</summary>
    public static PartitionStart Read(ExportFolder folder, int partition, Report report)
    {
        var name = ExportFolder.StartFile(partition);
        if (!folder.Names("events").Contains(Path.GetFileName(name))) return First;
        try
        {
            if (folder.ReadSmall(name, Limit) is { } octets && Parse(octets) is { } start) return start;
            report.Problem(name, "it says no start that could be continued from");
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure) || failure is JsonException or InvalidOperationException)
        {
            report.Problem(name, $"it can't be read ({Printable.Of(failure.Message)})");
        }

        return First;
    }

    private static PartitionStart? Parse(byte[] octets)
    {
        using var json = JsonDocument.Parse(octets, new JsonDocumentOptions { MaxDepth = 8 });
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object) return null;
        if (!root.TryGetProperty("size", out var number) || !root.TryGetProperty("frontier", out var list)) return null;
        if (number.ValueKind != JsonValueKind.Number || !number.TryGetInt64(out var size) || size < 0 || list.ValueKind != JsonValueKind.Array) return null;
        if (list.GetArrayLength() != BitOperations.PopCount((ulong)size)) return null;
        var frontier = new List<Digest>();
        foreach (var hash in list.EnumerateArray())
        {
            if (hash.ValueKind != JsonValueKind.String || Digest.TryParse(Encoding.UTF8.GetBytes(hash.GetString()!)) is not { } digest) return null;
            frontier.Add(digest);
        }

        return new PartitionStart(size, frontier);
    }
}
