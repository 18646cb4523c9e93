using System.Collections.Immutable;
using System.Text.Json;
using MailGrains.Frontends.Http.Accounts;
using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Storage.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>/api/cases: cases, their custodians and holds, and what was done in them.</summary>
internal sealed class CaseEndpoints(CaseCalls calls, IGrainFactory grains, AccountDirectory directory, IEventLog log, TimeProvider time)
{
    private const int Page = 1000;
    private const int MaxCustodians = 2000;
    private const int CustodiansACall = 50;

    public void Map(IEndpointRouteBuilder cases)
    {
        cases.MapGet("", async () => (await grains.GetGrain<ICasesGrain>(0).ListAsync()).Select(CaseView.Of));
        cases.MapGet("/{id:guid}", async (Guid id) => CaseView.Of(await calls.FindAsync(id)));
        cases.MapGet("/{id:guid}/log", LogAsync).AddEndpointFilter(OfficerAccess.Needs(CaseRoles.Audit));

        var custodians = cases.MapGroup("").AddEndpointFilter(OfficerAccess.Needs(CaseRoles.Custodians));
        custodians.MapPost("", CreateAsync);
        custodians.MapPost("/{id:guid}/close", async (Guid id, HttpContext http) =>
            CaseView.Of(await calls.ActAsync(http, id, (grain, act) => grain.CloseAsync(act))));
        custodians.MapPost("/{id:guid}/custodians", AddAsync);
        custodians.MapPost("/{id:guid}/hold", (Guid id, HoldRequest request, HttpContext http) =>
            InPartsAsync(id, request, some => calls.ActAsync(http, id, (grain, act) => grain.HoldAsync(some, request.Reason ?? "", act))));
        custodians.MapPost("/{id:guid}/release", (Guid id, HoldRequest request, HttpContext http) =>
            InPartsAsync(id, request, some => calls.ActAsync(http, id, (grain, act) => grain.ReleaseAsync(some, request.Reason ?? "", act))));
    }

    private async Task<IResult> CreateAsync(CaseRequest request, HttpContext http)
    {
        var id = CaseId.New(time);
        var created = new NewCase(request.Name ?? "", request.Description, request.TwoPeople);
        var state = await calls.ActAsync(http, id.Value, (grain, act) => grain.CreateAsync(created, act));
        return Results.Created($"{OfficerAccess.Path}/{id}", CaseView.Of(state));
    }

    private async Task<CaseView> AddAsync(Guid id, CustodiansRequest request, HttpContext http)
    {
        var custodians = new List<NewCustodian>();
        foreach (var name in request.Accounts ?? [])
        {
            var account = await Patience.CallAsync(time, () => directory.FindAsync(name));
            custodians.Add(new NewCustodian(account.Id, account.Login, null));
        }

        if (request.AsOf is not null && request.Groups is not { Count: > 0 }) throw new CaseException(CaseError.BadRequest, "A moment needs a group.");
        foreach (var group in request.Groups ?? [])
        {
            if (request.AsOf is { } moment) await AddGroupAsync(group, moment, custodians);
            else await AddGroupAsync(group, custodians);
        }

        if (custodians.Count > MaxCustodians) throw new CaseException(CaseError.BadRequest, $"A case has at most {MaxCustodians} custodians.");
        var state = await calls.FindAsync(id);
        foreach (var some in custodians.Chunk(CustodiansACall))
            state = await calls.ActAsync(http, id, (grain, act) => grain.AddCustodiansAsync([.. some], act));
        return CaseView.Of(state);
    }

    /// <summary>Some custodians at a time, so that no call takes too long.</summary>
    private async Task<CaseView> InPartsAsync(Guid id, HoldRequest request, Func<ImmutableArray<int>, Task<CaseState>> change)
    {
        var state = await calls.FindAsync(id);
        if (state.Custodians.IsEmpty) throw new CaseException(CaseError.BadRequest, "The case has no custodians.");
        var chosen = request.Custodians is { Count: > 0 } named ? named : [.. state.Custodians.Select(c => c.Number)];
        foreach (var some in chosen.Chunk(CustodiansACall)) state = await change([.. some]);
        return CaseView.Of(state);
    }

    /// <summary>All accounts that are members now, also through groups in the group.</summary>
    private async Task AddGroupAsync(string name, List<NewCustodian> custodians)
    {
        var (waiting, seen) = (new Queue<string>([name]), new HashSet<string>(StringComparer.Ordinal));
        while (waiting.TryDequeue(out var group))
        {
            if (!seen.Add(group)) continue;
            foreach (var member in await Patience.CallAsync(time, () => directory.Whole.ListMembersAsync(group)))
            {
                if (member.Id.IsGroup) waiting.Enqueue(member.Name);
                else if (custodians.Count <= MaxCustodians) custodians.Add(new NewCustodian(member.Id.ToAccount(), member.Name, name));
            }
        }
    }

    /// <summary>All accounts that were members then, under the logins they have now; those that are gone under the last one known.</summary>
    private async Task AddGroupAsync(string name, DateTimeOffset moment, List<NewCustodian> custodians)
    {
        var members = await Patience.CallAsync(time, () => directory.Whole.ListMembersAsOfAsync(name, moment));
        foreach (var some in members.Take(MaxCustodians + 1).Chunk(CustodiansACall))
        {
            custodians.AddRange(await Task.WhenAll(some.Select(async member =>
            {
                var account = await Patience.CallAsync(time, () => directory.Account(member.Id.ToAccount()).GetAsync());
                return new NewCustodian(member.Id.ToAccount(), account?.Login ?? member.Name, name, moment);
            })));
        }
    }

    /// <summary>The events of a case's log, by sequence. That of the folders every log has, and no case needs, is left out.</summary>
    private async Task<IResult> LogAsync(Guid id, CancellationToken cancellation, long after = 0)
    {
        var state = await calls.FindAsync(id);
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
