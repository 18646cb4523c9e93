using System.Security.Cryptography;
using System.Text;
using MailGrains.Compliance.Search;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Records;

namespace MailGrains.Compliance.Export;

/// <summary>
/// Writes what a search found into a folder, with a manifest of hashes. Nothing in it tells when or where it was written: made again, it is the same to the
/// last octet.
/// </summary>
public sealed class CaseExportWriter(IBodyIndex index, IBodyReader bodies)
{
    private const int HexLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>Whether a folder has an export with this manifest, and every file as the manifest has it.</summary>
    public static bool IsIntact(string folder, string sha256)
    {
        var manifest = Path.Combine(folder, ExportFiles.Manifest);
        return File.Exists(manifest)
            && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(manifest))) == sha256
            && File.ReadLines(manifest).All(line => IsIntact(Path.Combine(folder, line[(HexLength + 2)..]), line.AsSpan(0, HexLength)));
    }

    /// <param name="about">The query, the moment, how far each mailbox counts: <c>export.json</c>.</param>
    /// <param name="tagsOf">The tags of a message.</param>
    /// <returns>How many messages, and the manifest's hash in hex.</returns>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public async Task<(long Items, string Sha256)> WriteAsync(
        string folder,
        string format,
        string about,
        IAsyncEnumerable<FoundItem> items,
        Func<FoundItem, IReadOnlyList<string>?> tagsOf,
        CancellationToken cancellation)
    {
        var writer = ExportFormats.Create(format);
        using var files = new ExportFiles(folder);
        files.Write("export.json", Encoding.UTF8.GetBytes(about));
        writer.Begin(files);
        var count = 0L;
        await foreach (var found in items.WithCancellation(cancellation))
        {
            if (tagsOf(found) is not { } tags) continue;
            var (message, error) = await MessageAsync(found, cancellation);
            writer.Write(new ExportItem($"{found.Mailbox.Number}.{found.Email.Value}", found, tags, message, error), files);
            count++;
        }

        writer.Finish(files);
        return (count, files.Close());
    }

    private static bool IsIntact(string file, ReadOnlySpan<char> sha256)
    {
        if (!File.Exists(file)) return false;
        using var stream = File.OpenRead(file);
        return sha256.SequenceEqual(Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private async Task<(ReadOnlyMemory<byte> Message, string? Error)> MessageAsync(FoundItem found, CancellationToken cancellation)
    {
        try
        {
            return await bodies.ReadAsync(index, found.Entries[0], cancellation) is { } message
                ? (message, null)
                : (default, "The message is not kept any more.");
        }
        catch (BodyCorruptException)
        {
            return (default, "The message is damaged in the store.");
        }
    }
}
