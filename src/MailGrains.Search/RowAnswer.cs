namespace MailGrains.Search;

/// <summary>
/// What the index alone says about the entries of one slice, in three-valued logic: those that match whatever else is read, and
/// those that may match once more is read, the first among them.
/// </summary>
public readonly record struct RowAnswer(RowSet Certain, RowSet Possible)
{
    /// <summary>Those of which more has to be read.</summary>
    public RowSet Open => Possible.Without(Certain);

    /// <summary>What the index decides.</summary>
    public static RowAnswer Decided(RowSet matching) => new(matching, matching);

    /// <summary>What the index knows nothing of.</summary>
    public static RowAnswer Unknown(int count) => new(RowSet.Empty, RowSet.Leading(count));

    public RowAnswer And(RowAnswer other) => new(Certain.Intersect(other.Certain), Possible.Intersect(other.Possible));

    public RowAnswer Or(RowAnswer other) => new(Certain.Union(other.Certain), Possible.Union(other.Possible));

    public RowAnswer Not(int count)
    {
        var all = RowSet.Leading(count);
        return new(all.Without(Possible), all.Without(Certain));
    }
}
