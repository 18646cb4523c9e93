using System.Net.Sockets;
using System.Security.Authentication;
using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using MailGrains.Views;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace MailGrains.Outputs.RabbitMq;

/// <summary>
/// Publishes each event to a durable topic exchange, as a persistent message with the routing key <c>&lt;type&gt;.&lt;account&gt;</c> and the event's id as
/// message id. A batch is handled when the broker has confirmed all of it. What no queue is bound for is dropped by the broker, as it does.
/// </summary>
public sealed class RabbitMqHandler : IEventHandler, IAsyncDisposable
{
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

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    private HandlerUnavailableException Unavailable(string why, Exception? failure) =>
        new($"The broker {_options.Url.Host} can't be used now: {why}", failure);

    private static BrokerMessage Message(EventRecord record, IReadOnlyDictionary<BlobId, MessageSummary> summaries)
    {
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = "application/json",
            MessageId = EventViews.IdOf(record),
            Type = record.Event.Type,
            AppId = "mailgrains",
            Timestamp = new AmqpTimestamp(record.Event.At.ToUnixTimeSeconds()),
        };
        return new BrokerMessage($"{record.Event.Type}.{record.Account.Value:D}", properties, JsonView.Project(record, summaries));
    }
}
