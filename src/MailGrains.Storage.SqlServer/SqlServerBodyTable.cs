using System.Buffers;
using System.Data;
using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Relational.Bodies;
using MailGrains.Storage.Relational.Reading;
using MailGrains.Storage.SqlServer.Tables;

namespace MailGrains.Storage.SqlServer;

/// <summary>The bodies' tables. Their commit doesn't wait for the disk where the database allows it.</summary>
internal sealed class SqlServerBodyTable(IDatabase database) : IBodyTable
{
    public async Task WriteAsync(IReadOnlyList<EncodedBody> bodies, CancellationToken cancellation)
    {
        bodies = await LargeBodies.WithoutKnownAsync(database, bodies, cancellation);
        if (bodies.Count == 0) return;
        var rows = BodyRows();
        foreach (var body in bodies) rows.Add(body);
        await database.AskAsync("bodies", [new("AddBodies", rows)], (_, _) => Task.FromResult(true), cancellation);
    }

    public ValueTask<StoredBody?> ReadAsync(BlobId blob, CancellationToken cancellation) =>
        new(database.AskAsync("body", [new("ReadBody", blob.ToArray())], ReadAsync, cancellation, CommandBehavior.SequentialAccess));

    public static RowSet<EncodedBody> BodyRows() => new(
        [
            TableColumns.Hash("blob"), TableColumns.Bigint("pack_offset"), TableColumns.Int("stored_length"), TableColumns.Int("length"),
            TableColumns.Smallint("encoding"), TableColumns.Bytes("data"),
        ],
        static (r, b, _) => r.Hash(b.Blob).Bigint((long)(b.Blob.A >> 1)).Int(b.Data.Length).Int(b.Length).Smallint((short)b.Encoding).Bytes(b.Data));

    private static async Task<StoredBody?> ReadAsync(DbDataReader reader, CancellationToken cancellation)
    {
        if (!await reader.ReadAsync(cancellation)) return null;
        var (length, encoding, stored) = (reader.GetInt32(0), (BodyEncoding)reader.GetInt16(1), (int)reader.GetInt64(2));
        var rented = ArrayPool<byte>.Shared.Rent(stored);
        reader.GetBytes(3, 0, rented, 0, stored);
        return new StoredBody(rented, stored, encoding, length);
    }
}
