using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Model.Search;

namespace MailGrains.Search;

/// <summary>Criteria that the index row decides.</summary>
internal abstract class RowCriterion : Criterion
{
    public sealed override SearchCost Cost => SearchCost.Row;

    public sealed override Verdict Ask(in SearchCandidate candidate) => Of(Matches(candidate.Row));

    protected abstract bool Matches(in MessageRow row);
}

internal sealed class Constant(bool matches) : RowCriterion
{
    protected override bool Matches(in MessageRow row) => matches;
}

/// <summary>All of <paramref name="set"/> are set and none of <paramref name="unset"/>.</summary>
internal sealed class FlagsAre(MessageFlags set, MessageFlags unset) : RowCriterion
{
    protected override bool Matches(in MessageRow row) => row.Flags.Has(set) && (row.Flags & unset).IsEmpty;

    public FlagsAre And(FlagsAre other) => new(set | other.Set, unset | other.Unset);

    private MessageFlags Set => set;

    private MessageFlags Unset => unset;
}

internal sealed class SequenceIn(UidSet numbers) : RowCriterion
{
    protected override bool Matches(in MessageRow row) => numbers.Contains(row.Sequence);
}

internal sealed class UidIn(UidSet uids) : RowCriterion
{
    protected override bool Matches(in MessageRow row) => uids.Contains(row.Uid);
}

internal sealed class SizeBetween(long above, long below) : RowCriterion
{
    protected override bool Matches(in MessageRow row) => row.Size > above && row.Size < below;
}

internal sealed class ModSeqAtLeast(long modSeq) : RowCriterion
{
    protected override bool Matches(in MessageRow row) => row.ModSeq >= modSeq;
}

internal sealed class EmailIs(EmailId email) : RowCriterion
{
    protected override bool Matches(in MessageRow row) => row.EmailId == email;
}

/// <summary>INTERNALDATE or SAVEDATE, in seconds since 1970, from <paramref name="first"/> to before <paramref name="end"/>.</summary>
internal sealed class TimeBetween(SearchDate of, long first, long end) : RowCriterion
{
    protected override bool Matches(in MessageRow row)
    {
        var seconds = of == SearchDate.Saved ? row.SaveDate : row.InternalDate;
        return seconds >= first && seconds < end;
    }
}
