using MailGrains.Model.Columns;

namespace MailGrains.Search;

/// <summary>AND, OR and NOT in three-valued logic: an Unknown counts only where the known answers do not decide.</summary>
internal sealed class AllOf : Criterion
{
    private readonly Criterion[] _parts;

    public AllOf(IEnumerable<Criterion> parts) => _parts = [.. parts.OrderBy(p => p.Cost)];

    public override SearchCost Cost => _parts.Length == 0 ? SearchCost.Row : _parts[^1].Cost;

    public override RowAnswer Ask(in MessageSlice slice)
    {
        var answer = RowAnswer.Decided(RowSet.Leading(slice.Count));
        foreach (var part in _parts)
        {
            answer = answer.And(part.Ask(slice));
            if (answer.Possible.IsEmpty) break;
        }

        return answer;
    }

    public override Verdict Ask(in SearchCandidate candidate)
    {
        var verdict = Verdict.Yes;
        foreach (var part in _parts)
        {
            var answer = part.Ask(candidate);
            if (answer == Verdict.No) return Verdict.No;
            if (answer == Verdict.Unknown) verdict = Verdict.Unknown;
        }

        return verdict;
    }
}

internal sealed class AnyOf : Criterion
{
    private readonly Criterion _cheap;
    private readonly Criterion _dear;

    public AnyOf(Criterion left, Criterion right) => (_cheap, _dear) = left.Cost <= right.Cost ? (left, right) : (right, left);

    public override SearchCost Cost => _dear.Cost;

    public override RowAnswer Ask(in MessageSlice slice) => _cheap.Ask(slice).Or(_dear.Ask(slice));

    public override Verdict Ask(in SearchCandidate candidate)
    {
        var first = _cheap.Ask(candidate);
        if (first == Verdict.Yes) return Verdict.Yes;
        var second = _dear.Ask(candidate);
        if (second == Verdict.Yes) return Verdict.Yes;
        return first == Verdict.Unknown || second == Verdict.Unknown ? Verdict.Unknown : Verdict.No;
    }
}

internal sealed class NoneOf(Criterion inner) : Criterion
{
    public override SearchCost Cost => inner.Cost;

    public override RowAnswer Ask(in MessageSlice slice) => inner.Ask(slice).Not(slice.Count);

    public override Verdict Ask(in SearchCandidate candidate) => inner.Ask(candidate) switch
    {
        Verdict.Yes => Verdict.No,
        Verdict.No => Verdict.Yes,
        _ => Verdict.Unknown,
    };
}
