namespace MailGrains.Bench.Rows;

/// <summary>The figure of one run.</summary>
/// <param name="Value">In the row's unit.</param>
/// <param name="Evidence">
/// What the server answered, as a number that must be the same on both (hits, rows); 0 when nothing compares.
/// </param>
/// <param name="Detail">A second figure that helps to read the first.</param>
internal readonly record struct Outcome(double Value, long Evidence = 0, string? Detail = null);
