using MailGrains.Subscribers;
using MailGrains.Subscribers.Snapshots;
using MailGrains.Views;

namespace MailGrains.Outputs.Webhooks;

/// <summary>
/// A webhook that begins with pictures of the mailboxes where the oldest events are removed: its requests have <see cref="SnapshotLine"/>s instead of events,
/// or what its view makes of <see cref="SnapshotEvents"/>.
/// </summary>
public sealed class SnapshotWebhook(WebhookHandler events, WebhookOptions options, TimeProvider time) : ISnapshotHandler, IDisposable
{
    public string Name => events.Name;

    public IReadOnlySet<string>? Types => events.Types;

    public Interests Interests => events.Interests;

    public Task HandleAsync(EventBatch batch, CancellationToken cancellation) => events.HandleAsync(batch, cancellation);

    public async Task HandleSnapshotAsync(int partition, IAsyncEnumerable<SnapshotRecord> records, CancellationToken cancellation)
    {
        var body = new WebhookBody(options.IsLines);
        await foreach (var record in records.WithCancellation(cancellation))
        {
            if (Types?.Contains(record.Type) == false) continue;
            foreach (var shown in Show(partition, record))
            {
                if (!body.IsEmpty && body.Length + shown.Length > options.MaxBytes) await PostAsync(body.End(), cancellation);
                body.Add(shown.Span);
            }
        }

        if (!body.IsEmpty) await PostAsync(body.End(), cancellation);
    }

    public void Dispose() => events.Dispose();

    private IEnumerable<ReadOnlyMemory<byte>> Show(int partition, SnapshotRecord record) => options.Kind == ViewKind.Json
        ? [SnapshotLine.Of(partition, record)]
        : SnapshotEvents.Of(partition, record, time.GetUtcNow())
            .SelectMany(shown => EventViews.Project(options.Kind, shown, options.View)).Select(json => (ReadOnlyMemory<byte>)json);

    private Task PostAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation) =>
        SnapshotRetries.SendAsync(stop => events.PostAsync(octets, stop), time, cancellation);
}
