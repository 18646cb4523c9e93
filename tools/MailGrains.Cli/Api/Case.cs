namespace MailGrains.Cli.Api;

internal sealed record Case(
    string Id,
    string Name,
    string? Description,
    bool TwoPeople,
    string Status,
    DateTimeOffset CreatedAt,
    string? CreatedBy,
    IReadOnlyList<Custodian> Custodians,
    IReadOnlyList<CaseSearch> Searches,
    IReadOnlyList<CaseExport> Exports,
    IReadOnlyDictionary<string, int> Tags);

internal sealed record Custodian(
    int Number, string Account, string Address, string? Group, DateTimeOffset? AsOf, string Hold, string? ReleaseAskedBy, DateTimeOffset? HoldAt);

internal sealed record CaseSearch(
    int Number, string Query, DateTimeOffset? AsOf, IReadOnlyList<int> Custodians, long Hits, long Partial, long Unread, string? By, DateTimeOffset At);

internal sealed record CaseExport(int Number, int Search, string? Tag, string Format, long Items, string Sha256, string? By, DateTimeOffset At);

internal sealed record SearchAnswer(int Number, long Hits, long Partial, long Unread, IReadOnlyList<FoundMessage> Items);

internal sealed record FoundMessage(
    string Item,
    string Custodian,
    string From,
    string Subject,
    DateTimeOffset? Sent,
    DateTimeOffset Received,
    IReadOnlyList<string> Folders,
    bool Deleted,
    long Size,
    IReadOnlyList<string> Attachments,
    IReadOnlyList<string> Partial);

internal sealed record PartialMessage(string? Item, long? Event, string Custodian, IReadOnlyList<string> Reasons);

internal sealed record CaseFolder(string Folder, string? SpecialUse, DateTimeOffset Since, IReadOnlyList<string> Readers);

internal sealed record CaseEvent(long Sequence, string Hash, System.Text.Json.JsonElement Event);
