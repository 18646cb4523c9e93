using System.Net.Sockets;
using System.Security.Authentication;
using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Snapshots;
using MailGrains.Views;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace MailGrains.Outputs.RabbitMq;

/// <summary>
/// Publishes each event to a durable topic exchange, as a persistent message with the routing key <c>&lt;type&gt;.&lt;account&gt;</c> and the event's id as
/// message id. A batch is handled when the broker has confirmed all of it. What no queue is bound for is dropped by the broker, as it does.
/// </summary>
public sealed class RabbitMqHandler : ISnapshotHandler, IAsyncDisposable
{
    /// <summary>Parts of pictures that are confirmed together; each has some hundred messages at the most.</summary>
    private const int PartsAtOnce = 50;

    private readonly string _name;
    private readonly RabbitMqOptions _options;
    private readonly TimeProvider _time;
    private readonly IReadOnlySet<string>? _types;
    private readonly BrokerConnection _broker;

    public RabbitMqHandler(string name, RabbitMqOptions options, TimeProvider time, IReadOnlySet<string>? types = null)
    {
        (_name, _options, _time, _types) = (name, options, time, types);
        _broker = new BrokerConnection(name, options);
    }

    public string Name => _name;

    public IReadOnlySet<string>? Types => _types;

    public Interests Interests => _options.HasStructure ? Interests.Body : Interests.None;

    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        var messages = new List<BrokerMessage>(batch.Events.Count);
        foreach (var one in batch.Events)
            messages.Add(Message(one, _options.HasStructure ? await batch.ReadSummariesAsync(one, cancellation) : ViewContents.None.Summaries));
        await PublishAsync(messages, cancellation);
    }

    /// <summary>
    /// A message for each part; its id is made of the mailbox's account and sequence and the number of the part, which are the same when it comes again.
    /// </summary>
    public async Task HandleSnapshotAsync(int partition, IAsyncEnumerable<SnapshotRecord> records, CancellationToken cancellation)
    {
        var messages = new List<BrokerMessage>(PartsAtOnce);
        var part = 0;
        await foreach (var record in records.WithCancellation(cancellation))
        {
            part = record.Type == SnapshotRecord.Mailbox ? 0 : part + 1;
            if (Types?.Contains(record.Type) == false) continue;
            messages.Add(Message(partition, record, part));
            if (messages.Count < PartsAtOnce) continue;
            await SnapshotRetries.SendAsync(stop => PublishAsync(messages, stop), _time, cancellation);
            messages.Clear();
        }

        if (messages.Count > 0) await SnapshotRetries.SendAsync(stop => PublishAsync(messages, stop), _time, cancellation);
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    private async Task PublishAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            var connection = await _broker.OpenAsync(either.Token);
            await ConfirmedPublishing.RunAsync(connection, _options.Exchange, messages, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Unavailable($"it did not confirm within {_options.Timeout.TotalSeconds:0} s", null);
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException or SocketException or TimeoutException
            or AuthenticationException or ObjectDisposedException)
        {
            throw Unavailable(failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message, failure);
        }
    }

    private HandlerUnavailableException Unavailable(string why, Exception? failure) =>
        new($"The broker {_options.Url.Host} can't be used now: {why}", failure);

    private static BrokerMessage Message(EventRecord record, IReadOnlyDictionary<BlobId, MessageSummary> summaries) => new(
        $"{record.Event.Type}.{record.Account.Value:D}",
        Properties(EventViews.IdOf(record), record.Event.Type, record.Event.At),
        JsonView.Project(record, summaries));

    /// <summary>The routing key has the type without what is before its last dot, which would be words of the key.</summary>
    private BrokerMessage Message(int partition, SnapshotRecord record, int part) => new(
        $"{record.Type[(record.Type.LastIndexOf('.') + 1)..]}.{record.Account.Value:D}",
        Properties($"snapshot-{record.Account.Value:D}-{record.Sequence}-{part}", record.Type, _time.GetUtcNow()),
        SnapshotLine.Of(partition, record));

    private static BasicProperties Properties(string id, string type, DateTimeOffset at) => new()
    {
        Persistent = true,
        ContentType = "application/json",
        MessageId = id,
        Type = type,
        AppId = "mailgrains",
        Timestamp = new AmqpTimestamp(at.ToUnixTimeSeconds()),
    };
}
