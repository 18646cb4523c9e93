using MailGrains.Storage.Bodies;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.PostgreSql;

/// <summary>Moves of bodies between packs as columns.</summary>
internal static class PackMoves
{
    public static Question[] Ask(IReadOnlyList<BodyMove> moves)
    {
        T[] Column<T>(Func<BodyMove, T> value) => [.. moves.Select(value)];
        var targets = Column(m => m.To.Pack);
        return
        [
            new("LockTargets", targets),
            new(
                "MoveBodies",
                Column(m => m.Blob.ToArray()),
                Column(m => m.From.Pack),
                Column(m => m.From.Offset),
                targets,
                Column(m => m.To.Offset),
                Column(m => m.To.StoredLength)),
        ];
    }
}
