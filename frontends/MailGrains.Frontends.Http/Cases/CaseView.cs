using MailGrains.Grains.Contracts.Cases;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>A case as the API shows it.</summary>
internal sealed record CaseView(
    string Id,
    string Name,
    string? Description,
    bool TwoPeople,
    string Status,
    DateTimeOffset CreatedAt,
    string? CreatedBy,
    IEnumerable<CustodianView> Custodians,
    IEnumerable<CaseSearchView> Searches,
    IEnumerable<CaseExportView> Exports,
    IReadOnlyDictionary<string, int> Tags)
{
    public static CaseView Of(CaseState state) => new(
        state.Id.ToString(),
        state.Name,
        state.Description,
        state.TwoPeople,
        state.IsClosed ? "closed" : "open",
        state.CreatedAt,
        state.CreatedBy,
        state.Custodians.Select(CustodianView.Of),
        state.Searches.Select(CaseSearchView.Of),
        state.Exports.Select(CaseExportView.Of),
        state.Tags.ToDictionary(t => t.Key, t => t.Value.Count));
}

internal sealed record CustodianView(
    int Number, string Account, string Address, string? Group, DateTimeOffset? AsOf, string Hold, string? ReleaseAskedBy, DateTimeOffset? HoldAt)
{
    public static CustodianView Of(Custodian custodian) => new(
        custodian.Number,
        custodian.Account.Value.ToString(),
        custodian.Address,
        custodian.Group,
        custodian.AsOf,
        custodian.Hold switch
        {
            HoldStatus.Held => "held",
            HoldStatus.ReleaseAsked => "release-asked",
            HoldStatus.Released => "released",
            _ => "none",
        },
        custodian.ReleaseAskedBy,
        custodian.HoldAt);
}

internal sealed record CaseSearchView(
    int Number, string Query, DateTimeOffset? AsOf, IReadOnlyList<int> Custodians, long Hits, long Partial, long Unread, string? By, DateTimeOffset At)
{
    public static CaseSearchView Of(CaseSearch search) =>
        new(search.Number, search.Query, search.AsOf, search.Custodians, search.Hits, search.Partial, search.Unread, search.By, search.At);
}

/// <param name="Since">Since when it had this name.</param>
/// <param name="Readers">Who could read it.</param>
internal sealed record CaseFolderView(string Folder, string? SpecialUse, DateTimeOffset Since, IReadOnlyList<string> Readers);

internal sealed record CaseExportView(int Number, int Search, string? Tag, string Format, long Items, string Sha256, string? By, DateTimeOffset At)
{
    public static CaseExportView Of(CaseExport export) =>
        new(export.Number, export.Search, export.Tag, export.Format, export.Items, export.Sha256, export.By, export.At);
}
