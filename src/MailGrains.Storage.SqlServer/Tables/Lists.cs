using Microsoft.Data.SqlClient.Server;

namespace MailGrains.Storage.SqlServer.Tables;

/// <summary>Tables of one column.</summary>
internal static class Lists
{
    public static IEnumerable<SqlDataRecord> Of(Guid[] accounts) =>
        Fill(new RowSet<Guid>([TableColumns.Binary("account", 16)], (r, a, _) => r.Bytes(a.ToByteArray(bigEndian: true))), accounts);

    public static IEnumerable<SqlDataRecord> Of(long[] ids) => Fill(new RowSet<long>([TableColumns.Bigint("id")], (r, id, _) => r.Bigint(id)), ids);

    public static IEnumerable<SqlDataRecord> Of(byte[][] blobs) =>
        Fill(new RowSet<byte[]>([TableColumns.Hash("blob")], (r, b, _) => r.Bytes(b)), blobs);

    private static RowSet<T> Fill<T>(RowSet<T> rows, T[] values)
    {
        foreach (var value in values) rows.Add(value);
        return rows;
    }
}
