using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Storage;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Delivery;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace MailGrains.Grains.Streams;

/// <summary>
/// Gives a <see cref="SubscriberDelivery"/> a place in the cluster. Taking a batch never waits for the handler, so that no subscriber holds up
/// another. Should there be two activations for a while, one of them gets on: positions are advanced by compare-and-set.
/// </summary>
[ImplicitStreamSubscription(LogStreams.Namespace)]
[NotOnDrainingNodes]
internal sealed class SubscriberGrain(SubscriberSet subscribers, SubscriberServices services, ILogger<SubscriberGrain> logger)
    : Grain, ISubscriberGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<EventRecord>, IAsyncDisposable
{
    private SubscriberDelivery? _delivery;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = SubscriberKey.Parse(this.GetPrimaryKeyString());
        if (subscribers.Find(key.Subscriber) is { } subscriber) _delivery = new SubscriberDelivery(subscriber, key.Partition, services);
        else Log.UnknownSubscriber(logger, key.Subscriber);
        return Task.CompletedTask;
    }

    /// <summary>Before the next activation may come.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        var delivery = _delivery;
        _delivery = null;
        if (delivery is not null) await delivery.DisposeAsync();
    }

    public Task NudgeAsync()
    {
        _delivery?.Wake();
        return Task.CompletedTask;
    }

    public Task<SubscriberCondition?> FindConditionAsync() => Task.FromResult(
        _delivery?.Progress is { } progress ? new SubscriberCondition(progress.Trouble, progress.LastMinute, progress.Failures) : null);

    public Task<string?> RedriveAsync(long position) =>
        _delivery?.RedriveAsync(position) ?? Task.FromResult<string?>("This node's configuration has no such subscriber.");

    public async Task<Confirmation> ConfirmAsync(long position, TimeSpan patience)
    {
        if (_delivery is not { } delivery) return Confirmation.NotYet;
        using var until = new CancellationTokenSource(patience, services.Time);
        try
        {
            return await delivery.ConfirmAsync(position, until.Token) ? Confirmation.Handled : Confirmation.GivenUp;
        }
        catch (Exception notNow) when (notNow is OperationCanceledException or StoreUnavailableException)
        {
            return Confirmation.NotYet;
        }
    }

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<EventRecord>().ResumeAsync((IAsyncBatchObserver<EventRecord>)this);

    public Task OnNextAsync(IList<SequentialItem<EventRecord>> items)
    {
        if (items.Count > 0) _delivery?.Offer([.. items.Select(i => i.Item)]);
        return Task.CompletedTask;
    }

    /// <summary>A batch could not be delivered: the log has it.</summary>
    public Task OnErrorAsync(Exception ex) => NudgeAsync();
}
