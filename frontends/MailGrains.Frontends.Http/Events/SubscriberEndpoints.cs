using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Storage.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Events;

/// <summary>/api/subscribers: who handles the events, how far they are, and what they passed over.</summary>
internal sealed class SubscriberEndpoints(IGrainFactory grains, IEventLog log)
{
    private ISubscribersGrain Subscribers => grains.GetGrain<ISubscribersGrain>(0);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/subscribers", async () => (await Subscribers.ExplainAsync()).Select(SubscriberView.Of));
        api.MapPut("/subscribers/{name}/pause", (string name) => DoneAsync(name, Subscribers.PauseAsync(name)));
        api.MapDelete("/subscribers/{name}/pause", (string name) => DoneAsync(name, Subscribers.ResumeAsync(name)));
        api.MapPut("/subscribers/{name}/position", RewindAsync);
        api.MapDelete("/subscribers/{name}", ForgetAsync);
        api.MapGet("/subscribers/{name}/dead-letters", async (string name) => (await Subscribers.ListDeadLettersAsync(name))
            .Select(d => new DeadLetterView(d.Partition, d.Position, d.Attempts, d.At, d.Error)));
        api.MapPost("/subscribers/{name}/dead-letters/{partition:int}/{position:long}/redrive", RedriveAsync);
        api.MapDelete("/subscribers/{name}/dead-letters/{partition:int}/{position:long}", RemoveAsync);
    }

    private async Task<IResult> RewindAsync(string name, NewPosition request) => RewindTarget.Parse(request.To) is { } target
        ? await DoneAsync(name, Subscribers.RewindAsync(name, target))
        : ApiError.BadRequest($"'{request.To}' is not beginning, now, a position or a time such as 2026-03-01T00:00:00Z.");

    private async Task<IResult> ForgetAsync(string name) => await Subscribers.ForgetAsync(name) switch
    {
        ForgetOutcome.Forgotten => Results.NoContent(),
        ForgetOutcome.Unknown => ApiError.NotFound($"No subscriber '{name}' ever started."),
        _ => ApiError.Result(StatusCodes.Status409Conflict, "configured", $"'{name}' is in the configuration of the silos; take it out there first."),
    };

    private async Task<IResult> RedriveAsync(string name, int partition, long position)
    {
        // A grain of a partition that isn't there would start to follow it.
        if (partition < 0 || partition >= log.Partitions) return ApiError.NotFound($"There is no partition {partition}.");
        var failed = await grains.GetGrain<ISubscriberGrain>(new SubscriberKey(name, partition).ToString()).RedriveAsync(position);
        return failed is null ? Results.NoContent() : ApiError.Result(StatusCodes.Status409Conflict, "not-redriven", failed);
    }

    private async Task<IResult> RemoveAsync(string name, int partition, long position) =>
        await Subscribers.RemoveDeadLetterAsync(name, partition, position) ? Results.NoContent() : ApiError.NotFound("There is no such dead letter.");

    private static async Task<IResult> DoneAsync(string name, Task<bool> act) =>
        await act ? Results.NoContent() : ApiError.NotFound($"No subscriber '{name}' ever started.");
}
