using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Sqlite;

/// <content>The body index as collection works on it.</content>
public sealed partial class SqliteMailboxStore : IBodyCatalog
{
    public Task<IReadOnlyList<UnusedBody>> FindUnusedAsync(DateTimeOffset before, long after, int limit, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<UnusedBody>>(bulk: true, db => BodyRows.Unused(db, before, after, limit), cancellation);

    public Task<int> ForgetAsync(IReadOnlyList<BlobId> bodies, DateTimeOffset before, CancellationToken cancellation) =>
        _writer.RunAsync(db => BodyRows.Forget(db, bodies, before), cancellation);

    /// <summary>Without the retired ones: they are refused only as long as this process lives, whose packs have ever higher numbers.</summary>
    public Task<PackNumbers> ReadNumbersAsync(CancellationToken cancellation) => ReadAsync(
        bulk: false,
        db =>
        {
            var last = BodyRows.LastPack(db);
            return new PackNumbers(last, last);
        },
        cancellation);

    public Task<IReadOnlyList<PackUse>> ReadUseAsync(IReadOnlyList<int> packs, CancellationToken cancellation)
    {
        var wanted = packs.ToHashSet();
        return ReadAsync<IReadOnlyList<PackUse>>(bulk: true, db => BodyRows.Use(db).FindAll(use => wanted.Contains(use.Pack)), cancellation);
    }

    public Task<IReadOnlyList<PlacedBody>> ReadPackAsync(int pack, int limit, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<PlacedBody>>(bulk: true, db => BodyRows.InPack(db, pack, limit), cancellation);

    public Task<int> MoveAsync(IReadOnlyList<BodyMove> moves, CancellationToken cancellation) =>
        _writer.RunAsync(db => BodyRows.Move(db, moves), cancellation);

    /// <summary>On the writer's thread there is one transaction after the other, so no commit comes between the look and the retirement.</summary>
    public Task<bool> TryRetireAsync(int pack, CancellationToken cancellation) => _writer.RunAsync(
        db =>
        {
            if (BodyRows.IsPackUsed(db, pack)) return false;
            _groups.RetiredPacks.Add(pack);
            return true;
        },
        cancellation);
}
