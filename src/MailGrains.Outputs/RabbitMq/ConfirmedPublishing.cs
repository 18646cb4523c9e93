using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace MailGrains.Outputs.RabbitMq;

/// <summary>
/// Publishes messages in their order on a channel of their own, without waiting in between, and then waits until the broker has confirmed each. The
/// client's own tracking would wait for one after the other, or not keep the order.
/// </summary>
internal sealed class ConfirmedPublishing
{
    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // By delivery tag, which counts from 1 in a channel; all below the lowest are confirmed.
    private readonly bool[] _confirmed;
    private int _lowest = 1;

    private ConfirmedPublishing(int messages) => _confirmed = new bool[messages + 1];

    /// <exception cref="RabbitMQClientException">The broker refused one, or the connection was lost: some may have arrived.</exception>
    public static async Task RunAsync(IConnection connection, string exchange, IReadOnlyList<BrokerMessage> messages, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(Confirming, cancellation);
        var publishing = new ConfirmedPublishing(messages.Count);
        channel.BasicAcksAsync += publishing.OnAckAsync;
        channel.BasicNacksAsync += publishing.OnNackAsync;
        channel.ChannelShutdownAsync += publishing.OnShutdownAsync;

        // Each time: somebody may have removed it, and a broker may be a new one.
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
        foreach (var message in messages)
            await channel.BasicPublishAsync(exchange, message.RoutingKey, mandatory: false, message.Properties, message.Body, cancellation);
        await publishing._done.Task.WaitAsync(cancellation);
    }

    private Task OnAckAsync(object sender, BasicAckEventArgs ack)
    {
        lock (_gate)
        {
            var last = (int)Math.Min(ack.DeliveryTag, (ulong)_confirmed.Length - 1);
            for (var tag = ack.Multiple ? _lowest : last; tag <= last; tag++) _confirmed[tag] = true;
            while (_lowest < _confirmed.Length && _confirmed[_lowest]) _lowest++;
            if (_lowest == _confirmed.Length) _done.TrySetResult();
        }

        return Task.CompletedTask;
    }

    private Task OnNackAsync(object sender, BasicNackEventArgs nack)
    {
        _done.TrySetException(new PublishException(nack.DeliveryTag, isReturn: false));
        return Task.CompletedTask;
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs reason)
    {
        _done.TrySetException(new AlreadyClosedException(reason));
        return Task.CompletedTask;
    }
}
