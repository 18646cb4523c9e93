using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>The table of bodies, as collection sees it.</summary>
internal static class BodyRows
{
    public static List<UnusedBody> Unused(SqliteDatabase database, DateTimeOffset before, long after, int limit) => ReadAll(
        database.Statement("FindUnusedBodies").Bind(1, after).Bind(2, EventHash.Microseconds(before)).Bind(3, limit),
        row => new UnusedBody(row.Int64(0), row.BlobId(1)));

    public static List<PackUse> Use(SqliteDatabase database) =>
        ReadAll(database.Statement("ReadPackUse"), row => new PackUse(row.Int32(0), row.Int64(1), row.Int64(2)));

    public static List<PlacedBody> InPack(SqliteDatabase database, int pack, int limit) => ReadAll(
        database.Statement("ReadPackBodies").Bind(1, pack).Bind(2, limit),
        row => new PlacedBody(row.BlobId(0), new BodyLocator(row.Int32(1), row.Int64(2), row.Int32(3), row.Int32(4))));

    public static int Forget(SqliteDatabase database, IReadOnlyList<BlobId> bodies, DateTimeOffset before)
    {
        var forgotten = 0;
        foreach (var blob in bodies)
        {
            database.Statement("ForgetBody").Bind(1, blob).Bind(2, EventHash.Microseconds(before)).Run();
            forgotten += (int)database.Changes;
        }

        return forgotten;
    }

    public static int Move(SqliteDatabase database, IReadOnlyList<BodyMove> moves)
    {
        var moved = 0;
        foreach (var (blob, from, to) in moves)
        {
            database.Statement("MoveBody")
                .Bind(1, blob).Bind(2, from.Pack).Bind(3, from.Offset).Bind(4, to.Pack).Bind(5, to.Offset).Bind(6, to.StoredLength)
                .Run();
            moved += (int)database.Changes;
        }

        return moved;
    }

    public static int LastPack(SqliteDatabase database) => (int)(database.Statement("ReadLastPack").RunScalar() ?? 0);

    public static bool IsPackUsed(SqliteDatabase database, int pack) => database.Statement("IsPackUsed").Bind(1, pack).RunScalar() is not null;

    private static List<T> ReadAll<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        var list = new List<T>();
        while (statement.Step()) list.Add(read(statement));
        statement.Reset();
        return list;
    }
}
