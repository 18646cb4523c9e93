using MailGrains.Evidence.Notes;
using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>The hashes of the tree, which only save time and are made anew, and the key.</summary>
internal static class KeptFileChanges
{
    private const string Tiles = "tiles/";

    public static IEnumerable<Change> All =>
    [
        Tile("update a hash of a leaf", folder => Edit(Path.Combine(folder, "0"))),
        Tile("update a hash of a subtree", folder => Edit(Path.Combine(folder, "1"))),
        Tile("truncate", folder => File.WriteAllBytes(Path.Combine(folder, "0"), File.ReadAllBytes(Path.Combine(folder, "0"))[..333])),
        Tile("delete", folder => Directory.Delete(folder, recursive: true)),
        new("log-key", "update, to another key", async (copy, facts) =>
        {
            using var key = NoteSigner.Generate(facts.Heads[^1].LogName);
            await File.WriteAllTextAsync(copy.KeyFile, key.ToPrivateText() + "\n");
            return new Clue(Told.ByProgram, "log.json", "it names another key");
        }),
    ];

    private static Change Tile(string name, Action<string> make) => new(Tiles, name, (copy, facts) =>
    {
        make(Path.Combine(copy.Data, "tiles", "v1", $"{facts.Partition}"));
        return Task.FromResult<Clue?>(null);
    });

    private static void Edit(string file) => File.WriteAllBytes(file, Octets.Flipped(File.ReadAllBytes(file), 7));
}
