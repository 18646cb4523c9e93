using MailGrains.Model.Columns;

namespace MailGrains.Search;

/// <summary>One node of a search. Given everything, it never answers Unknown.</summary>
internal abstract class Criterion
{
    public abstract SearchCost Cost { get; }

    /// <summary>What the index says, of all entries of a slice at once.</summary>
    public abstract RowAnswer Ask(in MessageSlice slice);

    public abstract Verdict Ask(in SearchCandidate candidate);

    protected static Verdict Of(bool matches) => matches ? Verdict.Yes : Verdict.No;
}
