using MailGrains.Subscribers;
using MailGrains.Subscribers.Snapshots;

namespace MailGrains.Outputs.Webhooks;

/// <summary>
/// A webhook that begins with pictures of the mailboxes where the oldest events are removed: its requests have <see cref="SnapshotLine"/>s instead of events.
/// A picture is many requests, and one that failed as a whole would be sent from its first part again, so each is repeated for a while.
/// </summary>
public sealed class SnapshotWebhook(WebhookHandler events, WebhookOptions options, TimeProvider time) : ISnapshotHandler, IDisposable
{
    private const int MostAttempts = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

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
            var line = SnapshotLine.Of(partition, record);
            if (!body.IsEmpty && body.Length + line.Length > options.MaxBytes) await PostAsync(body.End(), cancellation);
            body.Add(line.Span);
        }

        if (!body.IsEmpty) await PostAsync(body.End(), cancellation);
    }

    public void Dispose() => events.Dispose();

    private async Task PostAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await events.PostAsync(octets, cancellation);
                return;
            }
            catch (HandlerUnavailableException away) when (attempt < MostAttempts)
            {
                var wait = away.RetryAfter is { } asked && asked > pause ? asked : pause;
                await Task.Delay(wait < LongestPause ? wait : LongestPause, time, cancellation);
                pause *= 2;
            }
            catch (EventRefusedException refused)
            {
                // Nobody could begin without it: it is waited for until somebody has a look.
                throw new HandlerUnavailableException($"The picture of the mailboxes was refused. {refused.Message}", refused);
            }
        }
    }
}
