using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Bodies;

/// <summary>Large bodies are not sent when the database has them already.</summary>
internal static class LargeBodies
{
    /// <summary>From this size on it is worth a question whether a body is there already.</summary>
    private const int LargeBytes = 64 << 10;

    /// <summary>The bodies to be written. Those left out are there, and count as young again.</summary>
    public static async Task<IReadOnlyList<EncodedBody>> WithoutKnownAsync(
        IDatabase database, IReadOnlyList<EncodedBody> bodies, CancellationToken cancellation)
    {
        var large = bodies.Where(b => b.Data.Length >= LargeBytes).Select(b => b.Blob.ToArray()).ToArray();
        if (large.Length == 0) return bodies;
        var known = await database.AskAsync(
            "bodies",
            [new("TouchBodies", (object)large)],
            async (r, c) => (await Rows.AllAsync(r, row => Rows.Hash(row, 0), c)).ToHashSet(),
            cancellation);
        return known.Count == 0 ? bodies : [.. bodies.Where(b => !known.Contains(b.Blob))];
    }
}
