using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Model.Search;

namespace MailGrains.Search;

/// <summary>Criteria that the index decides.</summary>
internal abstract class RowCriterion : Criterion
{
    public sealed override SearchCost Cost => SearchCost.Row;

    public sealed override RowAnswer Ask(in MessageSlice slice) => RowAnswer.Decided(Matching(slice));

    public sealed override Verdict Ask(in SearchCandidate candidate) => Of(!Matching(candidate.Row.AsSlice()).IsEmpty);

    protected abstract RowSet Matching(in MessageSlice slice);
}

internal sealed class Constant(bool matches) : RowCriterion
{
    protected override RowSet Matching(in MessageSlice slice) => matches ? RowSet.Leading(slice.Count) : RowSet.Empty;
}

/// <summary>All of <paramref name="set"/> are set and none of <paramref name="unset"/>.</summary>
internal sealed class FlagsAre(MessageFlags set, MessageFlags unset) : RowCriterion
{
    private MessageFlags Set => set;

    private MessageFlags Unset => unset;

    public FlagsAre And(FlagsAre other) => new(set | other.Set, unset | other.Unset);

    protected override RowSet Matching(in MessageSlice slice) => RowSet.Where(slice.Of(slice.Page.Flags), new Test(set | unset, set));

    private readonly struct Test(MessageFlags asked, MessageFlags wanted) : IValueTest<MessageFlags>
    {
        public bool Passes(MessageFlags value) => (((value.Low & asked.Low) ^ wanted.Low) | ((value.High & asked.High) ^ wanted.High)) == 0;
    }
}

internal sealed class SequenceIn(UidSet numbers) : RowCriterion
{
    protected override RowSet Matching(in MessageSlice slice)
    {
        var found = RowSet.Empty;
        for (var i = 0; i < slice.Count; i++)
        {
            if (numbers.Contains(slice.FirstSequence + (uint)i)) found = found.Union(RowSet.At(i));
        }

        return found;
    }
}

internal sealed class UidIn(UidSet uids) : RowCriterion
{
    protected override RowSet Matching(in MessageSlice slice) =>
        uids.IsEmpty ? RowSet.Empty : RowSet.Where(slice.Of(slice.Page.Uids), new Test(uids));

    private readonly struct Test(UidSet uids) : IValueTest<uint>
    {
        public bool Passes(uint value) => uids.Contains(value);
    }
}

internal sealed class SizeBetween(long above, long below) : RowCriterion
{
    private readonly Between _sizes = new(Math.Min(above, uint.MaxValue) + 1, below - 1);

    protected override RowSet Matching(in MessageSlice slice) => RowSet.Where(slice.Of(slice.Page.Sizes), _sizes);
}

internal sealed class ModSeqAtLeast(long modSeq) : RowCriterion
{
    protected override RowSet Matching(in MessageSlice slice) => RowSet.Where(slice.Of(slice.Page.ModSeqs), new Between(modSeq, long.MaxValue));
}

internal sealed class EmailIs(EmailId email) : RowCriterion
{
    protected override RowSet Matching(in MessageSlice slice) => RowSet.Where(slice.Of(slice.Page.EmailIds), new Between(email.Value, email.Value));
}

/// <summary>INTERNALDATE or SAVEDATE, in seconds since 1970, from <paramref name="first"/> to before <paramref name="end"/>.</summary>
internal sealed class TimeBetween(SearchDate of, long first, long end) : RowCriterion
{
    private readonly Between _seconds = new(first, end - 1);

    protected override RowSet Matching(in MessageSlice slice) => of == SearchDate.Saved
        ? RowSet.Where(slice.Of(slice.Page.SaveDates), _seconds)
        : RowSet.Where(slice.Of(slice.Page.InternalDates), _seconds);
}

/// <summary>From <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
internal readonly struct Between(long first, long last) : IValueTest<long>, IValueTest<uint>
{
    public bool Passes(long value) => value >= first && value <= last;

    public bool Passes(uint value) => Passes((long)value);
}
