using System.Collections.Immutable;
using MailGrains.Compliance.Search;
using MailGrains.Discovery.Queries;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>Searching in a case, looking at what was found, and tagging it.</summary>
internal sealed class CaseSearchEndpoints(
    CaseCalls calls, CaseSearching searching, IRecordReader records, IBodyIndex bodyIndex, IBodyReader bodies)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 10_000;
    private const int MaxItems = 10_000;

    /// <summary>What an event holds.</summary>
    private const int MaxQuery = 4096;

    public void Map(IEndpointRouteBuilder cases)
    {
        var search = cases.MapGroup("").AddEndpointFilter(OfficerAccess.Needs(CaseRoles.Search));
        search.MapPost("/{id:guid}/searches", SearchAsync);
        search.MapGet("/{id:guid}/searches/{number:int}/partial", PartialAsync);
        search.MapGet("/{id:guid}/custodians/{number:int}/folders", FoldersAsync);
        search.MapGet("/{id:guid}/items/{item}", ItemAsync);
        search.MapPost("/{id:guid}/tags", TagAsync);
    }

    private async Task<IResult> SearchAsync(Guid id, SearchRequest request, HttpContext http, CancellationToken cancellation)
    {
        var state = await calls.FindOpenAsync(id);
        if (request.Query is { Length: > MaxQuery }) return ApiError.BadRequest($"A query has at most {MaxQuery} characters.");
        if (!Query.TryParse(request.Query ?? "", out var query, out var error)) return ApiError.BadRequest($"The query is wrong. {error}");
        var custodians = Chosen(state, request.Custodians ?? []);
        if (!await searching.CatchUpAsync(cancellation)) return Behind();
        var mailboxes = await searching.MailboxesAsync(custodians, request.AsOf, cancellation);
        var (limit, shown) = (Math.Clamp(request.Limit ?? DefaultLimit, 0, MaxLimit), new List<FoundView>());
        var (hits, partial, unread) = (0L, 0L, 0L);
        await foreach (var page in searching.RunAsync(query, mailboxes, cancellation))
        {
            shown.AddRange(page.Items.Take(limit - shown.Count).Select(FoundView.Of));
            hits += page.Items.Count;
            partial += page.Partial.Count;
            unread += page.Unread.Count;
        }

        // Before anybody sees what was found.
        var made = new CaseSearch
        {
            Query = query.Text,
            AsOf = request.AsOf,
            Custodians = [.. mailboxes.Select(m => m.Number)],
            Sequences = [.. mailboxes.Select(m => m.Sequence)],
            Hits = hits,
            Partial = partial,
            Unread = unread,
        };
        var number = await calls.ActAsync(http, id, (grain, act) => grain.RecordSearchAsync(made, act));
        return Results.Ok(new SearchAnswer(number, hits, partial, unread, shown));
    }

    /// <summary>What could be read in part only in the mailboxes of a search, and the events that could not be read at all.</summary>
    private async Task<IResult> PartialAsync(Guid id, int number, HttpContext http, CancellationToken cancellation)
    {
        var state = await calls.FindAsync(id);
        if (number < 1 || number > state.Searches.Length) return ApiError.NotFound($"There is no search {number}.");
        var search = state.Searches[number - 1];
        var partial = new List<PartialView>();
        await foreach (var page in searching.RunAsync(Query.Parse(search.Query), CaseSearching.MailboxesOf(state, search), cancellation))
        {
            partial.AddRange(page.Unread.Select(e => PartialView.Of(page.Mailbox, e)));
            partial.AddRange(page.Partial.Select(p => PartialView.Of(page.Mailbox, p)));
        }

        // Before anybody sees them: each is a message, or an event, of somebody's mailbox.
        await calls.RecordAsync(http, id, (grain, act) => grain.RecordPartialAsync(number, act));
        return Results.Ok(partial);
    }

    /// <summary>The folders a custodian had at a moment, and who could read each of them: the owner, as folders are shared with nobody.</summary>
    private async Task<IResult> FoldersAsync(Guid id, int number, HttpContext http, CancellationToken cancellation, DateTimeOffset? asOf = null)
    {
        var state = await calls.FindOpenAsync(id);
        if (state.Custodian(number) is not { } custodian) return ApiError.NotFound($"There is no custodian {number}.");
        if (!await searching.CatchUpAsync(cancellation)) return Behind();
        var sequence = (await searching.MailboxesAsync([custodian], asOf, cancellation))[0].Sequence;
        var folders = await records.ReadFoldersAsync(custodian.Account, sequence, cancellation);
        await calls.RecordAsync(http, id, (grain, act) => grain.RecordFoldersAsync(number, asOf, sequence, act));
        return Results.Ok(folders.Select(f => new CaseFolderView(f.Path, f.SpecialUse, f.Since.At, [custodian.Address])));
    }

    /// <summary>A message, octet for octet: one that a search of the case went through. What came since belongs to whoever searches again.</summary>
    private async Task<IResult> ItemAsync(Guid id, string item, HttpContext http, CancellationToken cancellation)
    {
        if (!ItemId.TryParse(item, out var wanted)) return ApiError.BadRequest($"'{item}' is no message of a case, such as 3.1042.");
        var state = await calls.FindAsync(id);
        if (state.Custodian(wanted.Custodian) is not { } custodian) return ApiError.NotFound($"There is no custodian {wanted.Custodian}.");
        var entries = await records.FindEntriesAsync(custodian.Account, MessageKey.Of(wanted.Email), cancellation);
        if (entries.FirstOrDefault(e => state.Searches.Any(s => s.WentThrough(wanted.Custodian, e.Since.Sequence, e.Until?.Sequence))) is not { } entry)
            return ApiError.NotFound($"No search of this case went through a message {item}.");
        await calls.RecordAsync(http, id, (grain, act) => grain.RecordViewAsync(wanted, act));
        return await bodies.ReadAsync(bodyIndex, entry, cancellation) is { } message
            ? Results.Bytes(message, "message/rfc822")
            : ApiError.NotFound($"The message {item} is not kept any more.");
    }

    private async Task<IResult> TagAsync(Guid id, TagRequest request, HttpContext http)
    {
        var items = ImmutableArray.CreateBuilder<ItemId>();
        foreach (var text in request.Items ?? [])
        {
            if (!ItemId.TryParse(text, out var item)) return ApiError.BadRequest($"'{text}' is no message of a case, such as 3.1042.");
            items.Add(item);
        }

        if (items.Count > MaxItems) return ApiError.BadRequest($"At most {MaxItems} messages at once.");
        return Results.Ok(CaseView.Of(await calls.ActAsync(
            http, id, (grain, act) => grain.TagAsync(request.Tag ?? "", items.ToImmutable(), !request.Remove, act))));
    }

    private static IResult Behind() => ApiError.Result(
        StatusCodes.Status503ServiceUnavailable,
        "behind",
        "The archive has not yet got everything that happened; see 'subscriber list', and try again.");

    private static IEnumerable<Custodian> Chosen(CaseState state, IReadOnlyList<int> numbers) => numbers.Count == 0
        ? state.Custodians
        : numbers.Distinct().Order().Select(n => state.Custodian(n) ?? throw new CaseException(CaseError.NotFound, $"There is no custodian {n}."));
}
