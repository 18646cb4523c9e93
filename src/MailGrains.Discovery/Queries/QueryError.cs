namespace MailGrains.Discovery.Queries;

/// <summary>Why a text is no query.</summary>
/// <param name="Column">Where, from 1, in UTF-16 units; one beyond the end when something is missing there.</param>
/// <param name="Expected">What would have been right there.</param>
public sealed record QueryError(int Column, string Expected)
{
    public override string ToString() => $"Column {Column}: expected {Expected}.";
}
