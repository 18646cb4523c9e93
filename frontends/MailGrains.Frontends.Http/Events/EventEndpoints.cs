using System.Text.Json;
using MailGrains.Storage.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Events;

/// <summary>/api/events: the log, partition by partition.</summary>
internal sealed class EventEndpoints(IEventLog log)
{
    private const int Page = 1000;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/events", ListAsync);
        api.MapGet("/events/{partition:int}", ReadAsync);
    }

    private async Task<PartitionView[]> ListAsync(CancellationToken cancellation)
    {
        var first = await Task.WhenAll(Enumerable.Range(0, log.Partitions).Select(p => log.FirstKeptAsync(p, cancellation)));
        var last = await log.ReadHeadAsync(cancellation);
        return [.. last.Select((position, partition) => new PartitionView(partition, first[partition], position))];
    }

    /// <param name="after">Events with positions above.</param>
    private async Task<IResult> ReadAsync(int partition, CancellationToken cancellation, long after = 0, int limit = Page)
    {
        if (partition < 0 || partition >= log.Partitions) return ApiError.NotFound($"There is no partition {partition}.");
        var events = await log.ReadAsync(partition, after, Math.Clamp(limit, 1, Page), cancellation);
        return Results.Ok(events.Select(View));
    }

    private static EventView View(EventRecord record)
    {
        using var payload = JsonDocument.Parse(record.Event.Payload);
        return new EventView(record.Partition, record.Position, record.Event.Sequence, record.Event.Hash.ToString(), payload.RootElement.Clone());
    }
}
