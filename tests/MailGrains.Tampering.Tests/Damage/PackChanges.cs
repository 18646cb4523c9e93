using System.Globalization;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;
using MailGrains.Storage.Sqlite;
using MailGrains.Tampering.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>The files with bodies beside the embedded database.</summary>
internal static class PackChanges
{
    private const string Table = "packs";
    private const int HeaderOfRecord = 56;
    private const int HashInHeader = 8;
    private const int ChecksumInHeader = 48;

    public static IEnumerable<Change> All =>
    [
        Record("update an octet of a body", (octets, at) => octets[at + HeaderOfRecord + 3] ^= 1),
        Record("update a body's hash", (octets, at) => octets[at + HashInHeader] ^= 1),
        Record("update a checksum", (octets, at) => octets[at + ChecksumInHeader] ^= 1),
        Record("delete a record, zeros in its place", (octets, at) => octets.AsSpan(at, HeaderOfRecord).Clear()),
        new(Table, "swap two records", async (copy, facts) =>
        {
            var (one, other) = (await copy.RowAsync("body", Of(copy, facts)), await copy.RowAsync("body", $"blob = {copy.Literal(facts.OtherBody.ToArray())}"));
            var (file, first, second) = (FileOf(copy, one["pack"]), OffsetOf(one), OffsetOf(other));
            var octets = System.IO.File.ReadAllBytes(file);
            var header = octets.AsSpan(first, HeaderOfRecord).ToArray();
            octets.AsSpan(second, HeaderOfRecord).CopyTo(octets.AsSpan(first));
            header.CopyTo(octets.AsSpan(second));
            System.IO.File.WriteAllBytes(file, octets);
            return Missing(facts);
        })
        {
            Only = typeof(SqliteCopy),
        },
        File("truncate, to half a record", (file, at) =>
        {
            using var pack = System.IO.File.OpenWrite(file);
            pack.SetLength(at + HeaderOfRecord + 5);
        }),
        File("truncate, to nothing", (file, _) => System.IO.File.WriteAllBytes(file, [])),
        File("delete a file", (file, _) => System.IO.File.Delete(file)),
        File("swap two files", (file, _) =>
        {
            var other = Directory.GetFiles(Path.GetDirectoryName(file)!, "*.pack").First(f => f != file);
            var (one, two) = (System.IO.File.ReadAllBytes(file), System.IO.File.ReadAllBytes(other));
            System.IO.File.WriteAllBytes(file, two);
            System.IO.File.WriteAllBytes(other, one);
        }),
        new(Table, "insert, of another message under the name of this one", async (copy, facts) =>
        {
            var forged = await ForgeAsync(copy, facts.Body);
            await copy.UpdateAsync("body", Of(copy, facts), new Dictionary<string, object?>
            {
                ["pack"] = forged.Pack, ["offset"] = forged.Offset, ["stored_length"] = forged.StoredLength, ["length"] = forged.Length,
            });
            var name = facts.Body.ToString();
            return new Clue(Told.ByProgram, $"bodies/{name[..2]}/{name}", "the body was changed");
        })
        {
            Only = typeof(SqliteCopy),
        },
        new(Table, "insert, of one that nothing refers to", async (copy, facts) =>
        {
            await ForgeAsync(copy, facts.Body);
            return null;
        })
        {
            Only = typeof(SqliteCopy),
        },
    ];

    private static string Of(DatabaseCopy copy, LogFacts facts) => $"blob = {copy.Literal(facts.Body.ToArray())}";

    private static Change Record(string name, Action<byte[], int> make) => File(name, (file, at) =>
    {
        var octets = System.IO.File.ReadAllBytes(file);
        make(octets, at);
        System.IO.File.WriteAllBytes(file, octets);
    });

    /// <summary>Something is done to the file with a body, or to its record.</summary>
    private static Change File(string name, Action<string, int> make) => new(Table, name, async (copy, facts) =>
    {
        var row = await copy.RowAsync("body", Of(copy, facts));
        make(FileOf(copy, row["pack"]), OffsetOf(row));
        return Missing(facts);
    })
    {
        Only = typeof(SqliteCopy),
    };

    private static Clue Missing(LogFacts facts) =>
        new(Told.ByProgram, LogFacts.Place(facts.Filed), $"the body {facts.Body} is missing, and not in collected.txt");

    private static int OffsetOf(Dictionary<string, object?> row) => Convert.ToInt32(row["offset"], CultureInfo.InvariantCulture);

    private static string FileOf(DatabaseCopy copy, object? pack) =>
        Path.Combine(((SqliteCopy)copy).Packs, $"{Convert.ToInt64(pack, CultureInfo.InvariantCulture):D10}.pack");

    /// <summary>A whole record with the right checksum, in a pack of its own: its body only isn't what its name says.</summary>
    private static async Task<BodyLocator> ForgeAsync(DatabaseCopy copy, BlobId name)
    {
        await using var index = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = copy.Data });
        var options = new PackOptions { Above = (await index.ReadNumbersAsync(CancellationToken.None)).Taken };
        await using var packs = new PackBodyStore(new DiskPackFiles(((SqliteCopy)copy).Packs), index, NullLogger<PackBodyStore>.Instance, options);
        var place = await packs.AppendAsync(name, "Subject: forged\r\n\r\nnobody wrote this\r\n"u8.ToArray(), CancellationToken.None);
        await packs.FlushAsync(CancellationToken.None);
        return place;
    }
}
