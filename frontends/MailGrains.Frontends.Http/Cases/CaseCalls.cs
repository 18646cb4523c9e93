using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Cases;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>Calls of cases. A silo that goes away meanwhile is waited for: what an officer does has an id, so it may be said again.</summary>
internal sealed class CaseCalls(IGrainFactory grains, TimeProvider time)
{
    public async Task<CaseState> FindAsync(Guid id) =>
        await Patience.CallAsync(time, () => Case(id).FindAsync()) ?? throw new CaseException(CaseError.NotFound, "There is no such case.");

    /// <summary>The case, for what needs an open one; the grain looks once more where something is written.</summary>
    public async Task<CaseState> FindOpenAsync(Guid id) => Open(await FindAsync(id));

    /// <exception cref="CaseException">The case is closed.</exception>
    public static CaseState Open(CaseState state) =>
        state.IsClosed ? throw new CaseException(CaseError.Closed, "The case is closed.") : state;

    /// <summary>The case as it was after an event of its log.</summary>
    public async Task<CaseState> FindAsOfAsync(Guid id, long sequence) =>
        await Patience.CallAsync(time, () => Case(id).FindAsOfAsync(sequence)) ?? throw new CaseException(CaseError.NotFound, "There was no such case.");

    public Task<T> ActAsync<T>(HttpContext http, Guid id, Func<ICaseGrain, CaseAct, Task<T>> call)
    {
        var act = new CaseAct(Officer.Of(http).Origin, Guid.NewGuid());
        return Patience.CallAsync(time, () => call(Case(id), act));
    }

    /// <summary>The same where there is nothing to be answered.</summary>
    public Task RecordAsync(HttpContext http, Guid id, Func<ICaseGrain, CaseAct, Task> call) => ActAsync(http, id, async (grain, act) =>
    {
        await call(grain, act);
        return true;
    });

    private ICaseGrain Case(Guid id) => grains.GetGrain<ICaseGrain>(id);
}
