using System.Buffers;
using System.Data;
using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Relational.Bodies;
using MailGrains.Storage.Relational.Reading;
using Npgsql;
using NpgsqlTypes;

namespace MailGrains.Storage.PostgreSql;

/// <summary>The bodies' tables, on connections that don't wait for the disk.</summary>
internal sealed class PostgreSqlBodyTable(IDatabase database) : IBodyTable
{
    public async Task WriteAsync(IReadOnlyList<EncodedBody> bodies, CancellationToken cancellation)
    {
        bodies = await LargeBodies.WithoutKnownAsync(database, bodies, cancellation);
        if (bodies.Count == 0) return;
        var blobs = bodies.Select(b => b.Blob.ToArray()).ToArray();
        Question[] asked =
        [
            new("AddBodies", blobs, Column(bodies, b => (long)(b.Blob.A >> 1)), Column(bodies, b => b.Data.Length), Column(bodies, b => b.Length)),
            new("AddBodyData", blobs, Column(bodies, b => (short)b.Encoding), Data(bodies)),
        ];
        await database.AskAsync("bodies", asked, (_, _) => Task.FromResult(true), cancellation);
    }

    public ValueTask<StoredBody?> ReadAsync(BlobId blob, CancellationToken cancellation) =>
        new(database.AskAsync("body", [new("ReadBody", blob.ToArray())], ReadAsync, cancellation, CommandBehavior.SequentialAccess));

    private static async Task<StoredBody?> ReadAsync(DbDataReader reader, CancellationToken cancellation)
    {
        if (!await reader.ReadAsync(cancellation)) return null;
        var (length, encoding) = (reader.GetInt32(0), (BodyEncoding)reader.GetInt16(1));
        await using var stream = await reader.GetFieldValueAsync<Stream>(2, cancellation);
        var stored = (int)stream.Length;
        var rented = ArrayPool<byte>.Shared.Rent(stored);
        try
        {
            await stream.ReadExactlyAsync(rented.AsMemory(0, stored), cancellation);
            return new StoredBody(rented, stored, encoding, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(rented);
            throw;
        }
    }

    private static T[] Column<T>(IReadOnlyList<EncodedBody> bodies, Func<EncodedBody, T> value) => [.. bodies.Select(value)];

    private static NpgsqlParameter Data(IReadOnlyList<EncodedBody> bodies) => new NpgsqlParameter<ReadOnlyMemory<byte>[]>
    {
        TypedValue = Column(bodies, b => b.Data),
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
    };
}
