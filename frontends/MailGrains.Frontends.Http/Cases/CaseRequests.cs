namespace MailGrains.Frontends.Http.Cases;

/// <summary>Opens a case.</summary>
internal sealed record CaseRequest(string? Name, string? Description, bool TwoPeople = false);

/// <summary>Whose mail a case is about: accounts by address or id, and all accounts that are members of groups.</summary>
/// <param name="AsOf">Who was in the groups then; without: who is now.</param>
internal sealed record CustodiansRequest(IReadOnlyList<string>? Accounts, IReadOnlyList<string>? Groups, DateTimeOffset? AsOf = null);

/// <summary>Holds or releases mailboxes: numbers of custodians; none: all.</summary>
internal sealed record HoldRequest(IReadOnlyList<int>? Custodians, string? Reason);

/// <param name="AsOf">The mailboxes as they were then; without: all that ever was in them.</param>
/// <param name="Custodians">Numbers; none: all.</param>
/// <param name="Limit">Messages shown at most.</param>
internal sealed record SearchRequest(string? Query, DateTimeOffset? AsOf, IReadOnlyList<int>? Custodians, int? Limit);

internal sealed record TagRequest(string? Tag, IReadOnlyList<string>? Items, bool Remove = false);

/// <param name="Tag">Only messages that have it.</param>
internal sealed record ExportRequest(int Search, string? Tag, string? Format);
