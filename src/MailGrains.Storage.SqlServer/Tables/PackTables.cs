using MailGrains.Storage.Bodies;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.SqlServer.Tables;

/// <summary>Moves of bodies between packs as a table.</summary>
internal static class PackTables
{
    public static Question[] Ask(IReadOnlyList<BodyMove> moves) => [new("MoveBodies", Moves().With(moves))];

    public static RowSet<BodyMove> Moves() => new(
        [
            TableColumns.Hash("blob"), TableColumns.Int("pack"), TableColumns.Bigint("pack_offset"), TableColumns.Int("to_pack"),
            TableColumns.Bigint("to_offset"), TableColumns.Int("to_length"),
        ],
        static (r, m, _) => r.Hash(m.Blob).Int(m.From.Pack).Bigint(m.From.Offset).Int(m.To.Pack).Bigint(m.To.Offset).Int(m.To.StoredLength));
}
