using Microsoft.Data.SqlClient.Server;

namespace MailGrains.Storage.SqlServer.Tables;

/// <summary>Lists as tables of one column; those of keys have their places too.</summary>
internal static class Lists
{
    public static IReadOnlyCollection<SqlDataRecord> Of(Guid[] accounts) =>
        new RowSet<Guid>([TableColumns.Id("account")], static (r, a, _) => r.Id(a)).With(accounts);

    public static IReadOnlyCollection<SqlDataRecord> Of(long[] ids) =>
        new RowSet<long>([TableColumns.Bigint("id")], static (r, id, _) => r.Bigint(id)).With(ids);

    public static IReadOnlyCollection<SqlDataRecord> Of(int[] packs) =>
        new RowSet<int>([TableColumns.Int("pack")], static (r, pack, _) => r.Int(pack)).With(packs);

    public static IReadOnlyCollection<SqlDataRecord> Of(byte[][] blobs) =>
        new RowSet<byte[]>([TableColumns.Hash("blob")], static (r, b, _) => r.Bytes(b)).With(blobs);

    public static RowSet<string> Of(string[] keys) => new RowSet<string>(
        [TableColumns.Bigint("place"), TableColumns.Text("key", TableColumns.KeyLength)], static (r, key, place) => r.Bigint(place + 1L).Text(key)).With(keys);
}
