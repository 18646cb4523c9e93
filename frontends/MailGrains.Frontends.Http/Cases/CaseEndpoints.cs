using System.Collections.Immutable;
using System.Text.Json;
using MailGrains.Frontends.Http.Accounts;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Storage.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>/api/cases: cases, their custodians and holds, and what was done in them.</summary>
internal sealed class CaseEndpoints(IGrainFactory grains, AccountDirectory directory, IEventLog log, TimeProvider time)
{
    private const int Page = 1000;
    private const int MaxCustodians = 2000;
    private const int CustodiansACall = 50;

    public void Map(IEndpointRouteBuilder cases)
    {
        cases.MapGet("", async () => (await grains.GetGrain<ICasesGrain>(0).ListAsync()).Select(CaseView.Of));
        cases.MapGet("/{id:guid}", async (Guid id) => CaseView.Of(await FindAsync(grains, id)));
        cases.MapGet("/{id:guid}/log", LogAsync).AddEndpointFilter(OfficerAccess.Needs(CaseRoles.Audit));

        var custodians = cases.MapGroup("").AddEndpointFilter(OfficerAccess.Needs(CaseRoles.Custodians));
        custodians.MapPost("", CreateAsync);
        custodians.MapPost("/{id:guid}/close", (Guid id, HttpContext http) => ViewAsync(Case(grains, id).CloseAsync(By(http))));
        custodians.MapPost("/{id:guid}/custodians", AddAsync);
        custodians.MapPost("/{id:guid}/hold", (Guid id, HoldRequest request, HttpContext http) =>
            InPartsAsync(id, request, (grain, some) => grain.HoldAsync(some, request.Reason ?? "", By(http))));
        custodians.MapPost("/{id:guid}/release", (Guid id, HoldRequest request, HttpContext http) =>
            InPartsAsync(id, request, (grain, some) => grain.ReleaseAsync(some, request.Reason ?? "", By(http))));
    }

    internal static ICaseGrain Case(IGrainFactory grains, Guid id) => grains.GetGrain<ICaseGrain>(id);

    internal static SessionOrigin By(HttpContext http) => Officer.Of(http).Origin;

    internal static async Task<CaseState> FindAsync(IGrainFactory grains, Guid id) =>
        await Case(grains, id).FindAsync() ?? throw new CaseException(CaseError.NotFound, "There is no such case.");

    internal static async Task<CaseView> ViewAsync(Task<CaseState> change) => CaseView.Of(await change);

    private async Task<IResult> CreateAsync(CaseRequest request, HttpContext http)
    {
        var id = CaseId.New(time);
        var state = await Case(grains, id.Value).CreateAsync(new NewCase(request.Name ?? "", request.Description, request.TwoPeople), By(http));
        return Results.Created($"{OfficerAccess.Path}/{id}", CaseView.Of(state));
    }

    private async Task<CaseView> AddAsync(Guid id, CustodiansRequest request, HttpContext http)
    {
        var custodians = new List<NewCustodian>();
        foreach (var name in request.Accounts ?? [])
        {
            var account = await directory.FindAsync(name);
            custodians.Add(new NewCustodian(account.Id, account.Login, null));
        }

        foreach (var group in request.Groups ?? []) await AddGroupAsync(group, custodians);
        if (custodians.Count > MaxCustodians) throw new CaseException(CaseError.BadRequest, $"A case has at most {MaxCustodians} custodians.");
        var state = await FindAsync(grains, id);
        foreach (var some in custodians.Chunk(CustodiansACall)) state = await Case(grains, id).AddCustodiansAsync([.. some], By(http));
        return CaseView.Of(state);
    }

    /// <summary>Some custodians at a time, so that no call takes too long.</summary>
    private async Task<CaseView> InPartsAsync(Guid id, HoldRequest request, Func<ICaseGrain, ImmutableArray<int>, Task<CaseState>> change)
    {
        var state = await FindAsync(grains, id);
        var chosen = request.Custodians is { Count: > 0 } named ? named : [.. state.Custodians.Select(c => c.Number)];
        foreach (var some in chosen.Chunk(CustodiansACall)) state = await change(Case(grains, id), [.. some]);
        return CaseView.Of(state);
    }

    /// <summary>All accounts that are members now, also through groups in the group.</summary>
    private async Task AddGroupAsync(string name, List<NewCustodian> custodians)
    {
        var (waiting, seen) = (new Queue<string>([name]), new HashSet<string>(StringComparer.Ordinal));
        while (waiting.TryDequeue(out var group))
        {
            if (!seen.Add(group)) continue;
            foreach (var member in await directory.Whole.ListMembersAsync(group))
            {
                if (member.Id.IsGroup) waiting.Enqueue(member.Name);
                else if (custodians.Count <= MaxCustodians) custodians.Add(new NewCustodian(member.Id.ToAccount(), member.Name, name));
            }
        }
    }

    /// <summary>The events of a case's log, by sequence. That of the folders every log has, and no case needs, is left out.</summary>
    private async Task<IResult> LogAsync(Guid id, CancellationToken cancellation, long after = 0)
    {
        var state = await FindAsync(grains, id);
        var events = await log.ReadMailboxAsync(state.Id.Log, after, Page, cancellation);
        return Results.Ok(events.Where(e => !e.Event.Type.StartsWith("Mailbox", StringComparison.Ordinal)).Select(e =>
        {
            using var payload = JsonDocument.Parse(e.Event.Payload);
            return new CaseEventView(e.Event.Sequence, e.Event.Hash.ToString(), payload.RootElement.Clone());
        }));
    }
}

/// <summary>An event of a case's log.</summary>
internal sealed record CaseEventView(long Sequence, string Hash, JsonElement Event);
