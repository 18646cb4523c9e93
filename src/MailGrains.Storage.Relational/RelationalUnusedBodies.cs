using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational;

/// <summary>Collects bodies in a database on a server; every method is one round trip.</summary>
public sealed class RelationalUnusedBodies : IUnusedBodies
{
    private readonly IDatabase _database;

    internal RelationalUnusedBodies(IDatabase database) => _database = database;

    public Task<UnusedSlice> LookAsync(long after, int limit, TimeSpan unusedFor, CancellationToken cancellation) => _database.AskAsync(
        "bodies.look", [new("LookForUnusedBodies", after, (long)limit, Microseconds(unusedFor))], SliceAsync, cancellation);

    public Task<DeletedBodies> DeleteAsync(IReadOnlyList<BlobId> bodies, TimeSpan unusedFor, CancellationToken cancellation) => bodies.Count == 0
        ? Task.FromResult(default(DeletedBodies))
        : _database.AskAsync(
            "bodies.delete",
            [new("DeleteUnusedBodies", bodies.Select(b => b.ToArray()).ToArray(), Microseconds(unusedFor))],
            async (reader, c) => await reader.ReadAsync(c) ? new DeletedBodies((int)reader.GetInt64(0), reader.GetInt64(1)) : default,
            cancellation);

    /// <summary>The row without a body says how far the look went.</summary>
    private static async Task<UnusedSlice> SliceAsync(DbDataReader reader, CancellationToken cancellation)
    {
        var found = new List<UnusedBody>();
        long? last = null;
        while (await reader.ReadAsync(cancellation))
        {
            if (!reader.IsDBNull(1)) found.Add(new UnusedBody(reader.GetInt64(0), Rows.Hash(reader, 1)));
            else if (!reader.IsDBNull(0)) last = reader.GetInt64(0);
        }

        return new UnusedSlice(found, last);
    }

    private static long Microseconds(TimeSpan time) => (long)time.TotalMicroseconds;
}
