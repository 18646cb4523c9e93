using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Streams;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Core.Internal;
using Orleans.TestingHost;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Silos that bring one log to subscribers.</summary>
internal sealed class SubscriberCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly Committer _committer;
    private readonly TestLog _log;

    private SubscriberCluster(TestLog log, int silos, Subscriber[] subscribers)
    {
        _log = log;
        var appended = new EventSignal();
        var bodies = new InMemoryBodyStore();
        _committer = new Committer(_log.Store, bodies, NullLogger<Committer>.Instance, appended: appended);
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(appended);
            silo.Services.AddSingleton<IEventLog>(_log.Store);
            silo.Services.AddSingleton<IBodyIndex>(_log.Store);
            silo.Services.AddSingleton<IBodyReader>(bodies);
            silo.Services.AddSingleton<ISubscriberStore>(Positions);
            silo.Services.AddMailboxGrains();
            silo.AddSubscribers(subscribers);
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Error));
        _cluster = builder.Build();
    }

    public SteeredSubscriberStore Positions { get; } = new();

    public ISubscribersGrain Subscribers => _cluster.Client.GetGrain<ISubscribersGrain>(0);

    public static Task<SubscriberCluster> StartAsync(int silos, params Subscriber[] subscribers) => StartAsync(new TestLog(), silos, subscribers);

    public static async Task<SubscriberCluster> StartAsync(TestLog log, int silos, params Subscriber[] subscribers)
    {
        var cluster = new SubscriberCluster(log, silos, subscribers);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public Task WriteAsync(int partition, int count) => _log.WriteAsync(partition, count, committer: _committer);

    public ISubscriberGrain Grain(string subscriber, int partition) =>
        _cluster.Client.GetGrain<ISubscriberGrain>(new SubscriberKey(subscriber, partition).ToString());

    /// <summary>Lets the activation go; the next event, or nudge, makes another.</summary>
    public async Task DeactivateAsync(string subscriber, int partition) =>
        await Grain(subscriber, partition).AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    public Task ReachesAsync(string subscriber, long position, int partition) =>
        Eventually.EqualAsync<long?>(position, () => Positions.PositionAsync(subscriber, partition));

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _committer.DisposeAsync();
    }
}
