namespace MailGrains.Search;

/// <summary>One node of a search. Given everything, it never answers Unknown.</summary>
internal abstract class Criterion
{
    public abstract SearchCost Cost { get; }

    public abstract Verdict Ask(in SearchCandidate candidate);

    protected static Verdict Of(bool matches) => matches ? Verdict.Yes : Verdict.No;
}
