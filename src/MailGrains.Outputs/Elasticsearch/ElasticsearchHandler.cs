using System.Collections.Concurrent;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Snapshots;
using MailGrains.Views;
using MailGrains.Views.Bonnie;

namespace MailGrains.Outputs.Elasticsearch;

/// <summary>
/// Writes events as Bonnie's documents into daily indexes, with <c>_bulk</c>. Ids are made of the events', so what comes again stands where it was. Documents
/// the server has no room for are sent again alone, with their batch; one it refuses fails its event.
/// </summary>
public sealed class ElasticsearchHandler(string name, ElasticsearchOptions options, TimeProvider time, IReadOnlySet<string>? types = null)
    : ISnapshotHandler, IDisposable
{
    private readonly ElasticsearchServer _server = new(options, time);

    // By partition: what is done of the batch that begins at a position and has not been handled as a whole.
    private readonly ConcurrentDictionary<int, (long First, HashSet<string> Keys)> _done = [];

    public string Name => name;

    public IReadOnlySet<string>? Types => types;

    public Interests Interests => options.Headers.Count > 0 ? Interests.Header : Interests.None;

    /// <summary>
    /// <list type="number">
    /// <item>put the template of the indexes there, the first time;</item>
    /// <item>make documents of each event, those of folders and users once a batch, without what an earlier attempt has done;</item>
    /// <item>send them in requests of the allowed size, one after the other: of a session Logout must not come before Login;</item>
    /// <item>stop where the server has no room; go on where it refuses, and fail at the end.</item>
    /// </list>
    /// </summary>
    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        await _server.PutTemplateAsync(cancellation);
        var done = DoneOf(batch);
        var refused = new List<(BulkItem Item, string Why)>();
        var objects = new HashSet<(string, string)>();
        var request = new BulkRequest();
        foreach (var one in batch.Events)
        {
            foreach (var item in await ItemsAsync(batch, one, objects, cancellation))
            {
                if (done.Contains(item.Key)) continue;
                if (!request.HasRoom(item, options.MaxBytes))
                {
                    await SendAsync(request, done, refused, cancellation);
                    request = new BulkRequest();
                }

                request.Add(item);
            }
        }

        if (request.Items.Count > 0) await SendAsync(request, done, refused, cancellation);
        if (refused.Count > 0) throw Refused(refused);
        if (!batch.IsRedriven) _done.TryRemove(batch.Partition, out _);
    }

    /// <summary>
    /// Folders and messages as they are, without header fields. Should two nodes write them, or one again, those of a higher sequence stay.
    /// </summary>
    public async Task HandleSnapshotAsync(int partition, IAsyncEnumerable<SnapshotRecord> records, CancellationToken cancellation)
    {
        await SnapshotRetries.SendAsync(_server.PutTemplateAsync, time, cancellation);
        var request = new BulkRequest();
        await foreach (var record in records.WithCancellation(cancellation))
        {
            if (Types?.Contains(record.Type) == false) continue;
            foreach (var item in SnapshotEvents.Of(partition, record, time.GetUtcNow()).SelectMany(ItemsOf))
            {
                if (!request.HasRoom(item, options.MaxBytes))
                {
                    await SendAsync(request, cancellation);
                    request = new BulkRequest();
                }

                request.Add(item);
            }
        }

        if (request.Items.Count > 0) await SendAsync(request, cancellation);
    }

    public void Dispose() => _server.Dispose();

    private static EventRefusedException Refused(List<(BulkItem Item, string Why)> refused) => new(
        $"{refused.Select(r => r.Item.Event).Distinct().Count()} events were refused, the first of them {refused[0].Item.Event}: {refused[0].Why}");

    private HashSet<string> DoneOf(EventBatch batch)
    {
        if (batch.IsRedriven) return [];
        var first = batch.Events[0].Position;
        if (_done.TryGetValue(batch.Partition, out var earlier) && earlier.First == first) return earlier.Keys;
        var none = new HashSet<string>(StringComparer.Ordinal);
        _done[batch.Partition] = (first, none);
        return none;
    }

    private async Task SendAsync(
        BulkRequest request, HashSet<string> done, List<(BulkItem Item, string Why)> refused, CancellationToken cancellation)
    {
        var outcome = await _server.BulkAsync(request, cancellation);
        foreach (var item in outcome.Done) done.Add(item.Key);
        refused.AddRange(outcome.Refused);
        if (outcome.Later.Count > 0) throw NoRoom(outcome, request);
    }

    /// <summary>A part of a picture: as a whole again where there was no room for all, as what is there may be written again.</summary>
    private Task SendAsync(BulkRequest request, CancellationToken cancellation) => SnapshotRetries.SendAsync(
        async stop =>
        {
            var outcome = await _server.BulkAsync(request, stop);
            if (outcome.Refused.Count > 0) throw Refused([.. outcome.Refused]);
            if (outcome.Later.Count > 0) throw NoRoom(outcome, request);
        },
        time,
        cancellation);

    private HandlerUnavailableException NoRoom(BulkOutcome outcome, BulkRequest request) =>
        new($"{options.Url.Host} has no room now for {outcome.Later.Count} of {request.Items.Count} documents");

    private IEnumerable<BulkItem> ItemsOf(EventRecord shown)
    {
        // A folder's document comes with the folder; its messages need no other.
        var objects = shown.Event.Type == SnapshotTypes.Folder ? BonnieObjects.Project(shown, options.View) : [];
        var id = EventViews.IdOf(shown);
        return BonnieView.Project(shown, options.View).Concat(objects).Select(document => new BulkItem($"{document.Index}/{document.Id}", id, document));
    }

    private async Task<IReadOnlyList<BulkItem>> ItemsAsync(
        EventBatch batch, EventRecord record, HashSet<(string, string)> objects, CancellationToken cancellation)
    {
        var headers = await EventHeaders.ReadAsync(batch, record, options.Headers, cancellation);
        var documents = BonnieView.Project(record, options.View, headers)
            .Concat(BonnieObjects.Project(record, options.View).Where(o => objects.Add((o.Index, o.Id))));
        var id = EventViews.IdOf(record);
        return [.. documents.Select((document, number) => new BulkItem($"{record.Position}/{number}", id, document))];
    }
}
