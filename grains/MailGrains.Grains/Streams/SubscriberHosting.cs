using MailGrains.Mime;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Delivery;
using MailGrains.Subscribers.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Streams;

namespace MailGrains.Grains.Streams;

/// <summary>Brings the event log to its subscribers.</summary>
public static class SubscriberHosting
{
    /// <summary>How often an agent asks a receiver that had nothing; the receiver itself waits for events.</summary>
    private static readonly TimeSpan AgentPeriod = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Serves these subscribers on this silo; all silos of a cluster are given the same. The storage ports are the composer's, among them one
    /// <see cref="EventSignal"/> and one <see cref="CommitterLoad"/> that the committer has too. Without subscribers nobody follows the log.
    /// </summary>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public static ISiloBuilder AddSubscribers(this ISiloBuilder silo, IReadOnlyCollection<Subscriber> subscribers)
    {
        var services = silo.Services;
        services.AddSingleton(new SubscriberSet(subscribers));
        services.AddSingleton<IEventContents>(provider => new StoredContents(
            provider.GetRequiredService<IBodyIndex>(), provider.GetRequiredService<IBodyReader>(), SummaryBuilder.Build));
        services.AddSingleton<LogTail>();
        services.AddSingleton(provider => new SubscriberMetrics(
            provider, provider.GetRequiredService<LogTail>().Head, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<CommitterLoad>();
        services.AddSingleton<MailFirst>();
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<SubscriberServices>(provider) with
            {
                MailFirst = provider.GetRequiredService<MailFirst>(),
                Snapshots = Snapshots(provider),
            });
        if (subscribers.Count > 0) silo.AddDelivery();
        return silo;
    }

    private static SnapshotSource? Snapshots(IServiceProvider provider) =>
        provider.GetService<IMailboxStore>() is { } store && provider.GetService<IEmailReader>() is { } emails
            ? new SnapshotSource(store, emails, provider.GetRequiredService<IEventLog>())
            : null;

    private static void AddDelivery(this ISiloBuilder silo)
    {
        silo.Services.AddHostedService(provider => provider.GetRequiredService<LogTail>());
        silo.AddPersistentStreams(LogStreams.Provider, LogStreamFactory.Create, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agents => agents.Configure(options =>
            {
                options.GetQueueMsgsTimerPeriod = AgentPeriod;
                options.MaxEventDeliveryTime = Timeout.InfiniteTimeSpan;
            }));
        });
        silo.Services.AddHostedService<SubscriberNudges>();
    }
}
