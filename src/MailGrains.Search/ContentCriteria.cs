using MailGrains.Mime.Search;
using MailGrains.Model.Columns;
using MailGrains.Model.Search;

namespace MailGrains.Search;

/// <summary>Criteria of which the index knows nothing.</summary>
internal abstract class ContentCriterion : Criterion
{
    public sealed override RowAnswer Ask(in MessageSlice slice) => RowAnswer.Unknown(slice.Count);
}

/// <summary>SENTBEFORE, SENTON, SENTSINCE: the Date field's day as written; a message without one never matches.</summary>
internal sealed class SentOn(DateRelation relation, DateOnly day) : ContentCriterion
{
    public override SearchCost Cost => SearchCost.Summary;

    public override Verdict Ask(in SearchCandidate candidate)
    {
        if (candidate.Read < SearchCost.Summary) return Verdict.Unknown;
        if (candidate.Summary.SentDate is not { } sent) return Verdict.No;
        return Of(relation switch
        {
            DateRelation.Before => sent < day,
            DateRelation.On => sent == day,
            _ => sent >= day,
        });
    }
}

/// <summary>HEADER and its short forms: mostly told by the summary, else by the header itself.</summary>
internal sealed class HeaderHas(string field, Needle needle) : ContentCriterion
{
    public override SearchCost Cost => SearchCost.Summary;

    public override Verdict Ask(in SearchCandidate candidate) => candidate.Read switch
    {
        SearchCost.Row => Verdict.Unknown,
        SearchCost.Summary => SearchText.HeaderContains(candidate.Prefix, candidate.Summary, field, needle) switch
        {
            true => Verdict.Yes,
            false => Verdict.No,
            null => Verdict.Unknown,
        },
        _ => Of(SearchText.HeaderContains(candidate.Prefix, candidate.Blob, candidate.Summary, field, needle)),
    };
}

internal sealed class BodyHas(Needle needle) : ContentCriterion
{
    public override SearchCost Cost => SearchCost.Body;

    public override Verdict Ask(in SearchCandidate candidate) => candidate.Read < SearchCost.Body
        ? Verdict.Unknown
        : Of(SearchText.BodyContains(candidate.Blob, candidate.Summary, needle));
}

internal sealed class TextHas(Needle needle) : ContentCriterion
{
    public override SearchCost Cost => SearchCost.Body;

    public override Verdict Ask(in SearchCandidate candidate) => candidate.Read < SearchCost.Body
        ? Verdict.Unknown
        : Of(SearchText.Contains(candidate.Prefix, candidate.Blob, candidate.Summary, needle));
}
