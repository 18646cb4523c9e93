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

    /// <summary>The same with the goals for a store in a database server.</summary>
    public static IReadOnlyList<Measurement> OnDatabase { get; } = [.. All.Select(row => row with { Goal = row.GoalOnDatabase ?? row.Goal })];
}
