using System.Data.Common;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational;

/// <summary>The index of packs that processes share, in a database on a server; every method is one round trip.</summary>
public sealed class RelationalPackCatalog : ISharedPackCatalog
{
    private const string FolderMeta = "pack_folder";

    private readonly IDatabase _database;
    private readonly Func<IReadOnlyList<BodyMove>, Question[]> _moving;

    /// <param name="moving">How this engine is told of moves.</param>
    internal RelationalPackCatalog(IDatabase database, Func<IReadOnlyList<BodyMove>, Question[]> moving) => (_database, _moving) = (database, moving);

    public Task<long?> FindFolderAsync(CancellationToken cancellation) =>
        _database.AskAsync("packs.folder", [new("ReadMeta", FolderMeta)], FoundAsync, cancellation);

    public async Task<long> BindFolderAsync(long id, CancellationToken cancellation) =>
        await _database.AskAsync("packs.bind", [new("BindPackFolder", FolderMeta, id), new("ReadMeta", FolderMeta)], FoundAsync, cancellation) ?? id;

    public Task<PackNumbers> ReadNumbersAsync(CancellationToken cancellation) => _database.AskAsync(
        "packs.numbers",
        [new("ReadPackNumbers")],
        async (reader, c) => await reader.ReadAsync(c) ? new PackNumbers(reader.GetInt32(0), reader.GetInt32(1)) : default,
        cancellation);

    public async Task<IReadOnlyList<PackUse>> ReadUseAsync(IReadOnlyList<int> packs, CancellationToken cancellation) => packs.Count == 0
        ? []
        : await _database.AskAsync(
            "packs.use",
            [new("ReadPackUse", packs.ToArray())],
            (r, c) => Rows.AllAsync(r, row => new PackUse(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)), c),
            cancellation);

    public async Task<IReadOnlyList<PlacedBody>> ReadPackAsync(int pack, int limit, CancellationToken cancellation) => await _database.AskAsync(
        "packs.read",
        [new("ReadPackBodies", pack, (long)limit)],
        (r, c) => Rows.AllAsync(r, row => new PlacedBody(Rows.Hash(row, 0), Rows.Locator(row, 1)), c),
        cancellation);

    public async Task<int> MoveAsync(IReadOnlyList<BodyMove> moves, CancellationToken cancellation) => moves.Count == 0
        ? 0
        : (int)await _database.AskAsync("packs.move", _moving(moves), LastAsync, cancellation);

    public async Task<bool> TryRetireAsync(int pack, CancellationToken cancellation) =>
        await _database.AskAsync("packs.retire", [new("HoldPack", pack), new("RetirePack", pack)], LastAsync, cancellation) > 0;

    /// <summary>The number that the last statement which answers one does.</summary>
    private static async Task<long?> FoundAsync(DbDataReader reader, CancellationToken cancellation)
    {
        long? number = null;
        do
        {
            while (await reader.ReadAsync(cancellation)) number = reader.GetInt64(0);
        }
        while (await reader.NextResultAsync(cancellation));
        return number;
    }

    private static async Task<long> LastAsync(DbDataReader reader, CancellationToken cancellation) => await FoundAsync(reader, cancellation) ?? 0;
}
