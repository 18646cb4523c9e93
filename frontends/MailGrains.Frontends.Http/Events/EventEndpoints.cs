using System.Text.Json;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Storage.Events;
using MailGrains.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Events;

/// <summary>
/// /api/events: the log, partition by partition. What officers do in cases is not the administrator's to read: of the events of cases only the places
/// are shown.
/// </summary>
internal sealed class EventEndpoints(IEventLog log, IGrainFactory grains)
{
    private const int Page = 1000;

    private static readonly byte[] Nothing = "null"u8.ToArray();

    private static readonly Dictionary<string, ViewKind> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["json"] = ViewKind.Json,
        ["cyrus"] = ViewKind.Cyrus,
        ["bonnie"] = ViewKind.Bonnie,
    };

    private static readonly ViewOptions Options = new(Environment.MachineName);

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
    /// <param name="format">json: as they were written; cyrus or bonnie: an entry for each object these have of an event.</param>
    private async Task<IResult> ReadAsync(int partition, CancellationToken cancellation, long after = 0, int limit = Page, string format = "json")
    {
        if (partition < 0 || partition >= log.Partitions) return ApiError.NotFound($"There is no partition {partition}.");
        if (!Formats.TryGetValue(format, out var kind)) return ApiError.BadRequest($"'{format}' is not json, cyrus or bonnie.");
        var events = await log.ReadAsync(partition, after, Math.Clamp(limit, 1, Page), cancellation);

        // Asked after the events were read: a case is entered in the list before its log begins.
        var cases = (await grains.GetGrain<ICasesGrain>(0).ListLogsAsync()).ToHashSet();
        return Results.Ok(events.SelectMany(record => cases.Contains(record.Account) ? [Entry(record, Nothing)] : Entries(kind, record)));
    }

    /// <summary>One at least, so that who reads on sees how far it went.</summary>
    private static IEnumerable<EventView> Entries(ViewKind kind, EventRecord record)
    {
        if (kind == ViewKind.Json) return [Entry(record, record.Event.Payload)];
        var objects = EventViews.Project(kind, record, Options);
        return objects.Count == 0 ? [Entry(record, Nothing)] : objects.Select(o => Entry(record, o));
    }

    private static EventView Entry(EventRecord record, ReadOnlyMemory<byte> shown)
    {
        using var payload = JsonDocument.Parse(shown);
        return new EventView(record.Partition, record.Position, record.Event.Sequence, record.Event.Hash.ToString(), payload.RootElement.Clone());
    }
}
