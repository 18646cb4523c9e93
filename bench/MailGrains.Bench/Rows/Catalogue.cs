namespace MailGrains.Bench.Rows;

/// <summary>All rows, in the order in which they run and are printed.</summary>
internal static class Catalogue
{
    // Memory after start comes first and the crowd of idle connections last: each wants a server that nothing else has
    // touched or will need.
    public static IReadOnlyList<Measurement> All { get; } =
    [
        .. IdleRows.All.Where(row => row.Name == "resident"),
        .. DeliveryRows.All,
        .. FetchRows.All,
        .. SessionRows.All,
        .. ChangeRows.All,
        .. SearchRows.All,
        .. IdleRows.All.Where(row => row.Name != "resident"),
    ];
}
