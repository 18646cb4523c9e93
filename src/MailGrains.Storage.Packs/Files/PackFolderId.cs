using System.Globalization;
using System.Security.Cryptography;
using MailGrains.Storage.Files;

namespace MailGrains.Storage.Packs.Files;

/// <summary>
/// What tells a folder of packs from every other, also from the empty one that is seen in its place when its disk isn't mounted: the file
/// <c>store-id</c>, with a version, a space and sixteen hexadecimal digits in its only line.
/// </summary>
public static class PackFolderId
{
    public const string FileName = "store-id";

    private const string Version = "1 ";
    private const int LongestFile = 100;

    /// <summary>null: the folder has none, or isn't there.</summary>
    /// <exception cref="IOException">It can't be read, or a newer version wrote it.</exception>
    public static long? Find(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        if (new FileInfo(path).Length > LongestFile) throw Unknown(path);
        var text = File.ReadAllText(path).TrimEnd();
        return text.StartsWith(Version, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(Version.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw Unknown(path);
    }

    /// <summary>Gives the folder an id, unless it has one; durable on return, and there as a whole or not at all.</summary>
    /// <returns>Its id: of several processes that do this at once, all get the same.</returns>
    public static long Give(string folder)
    {
        if (Find(folder) is { } there) return there;
        Directory.CreateDirectory(folder);
        var id = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        var draft = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{FileName}.{id:x16}"));
        try
        {
            using (var file = new FileStream(draft, FileMode.CreateNew))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version}{id:x16}\n")));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, Path.Combine(folder, FileName), overwrite: false);
        }
        catch (IOException) when (Find(folder) is not null)
        {
            // Somebody else was faster.
        }
        finally
        {
            File.Delete(draft);
        }

        DiskSync.FlushDirectory(folder);
        return Find(folder) ?? throw new IOException($"{folder} is gone.");
    }

    private static IOException Unknown(string path) => new($"{path} is damaged, or a newer version wrote it.");
}
